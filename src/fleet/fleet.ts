import { Emitter } from '../base/emitter';
import type { Computer } from './computer';
import type { Targets } from './targets/parse';

/** Computers that have all the tags and are among the targets; what is absent asks nothing. */
export interface Group {
  readonly tags?: Readonly<Record<string, string>>;
  readonly targets?: Targets;
}

export interface Limits {
  /** Computers at once. */
  readonly concurrency: number;
  /** Computers of one site at once. */
  readonly perSite: number;
}

export interface FleetDefinition {
  readonly computers: readonly Computer[];
  readonly profiles: readonly string[];
  readonly groups: ReadonlyMap<string, Group>;
  readonly limits: Limits;
}

export const defaultLimits: Limits = { concurrency: 1024, perSite: Infinity };

/** All the computers of a folder. */
export class Fleet {
  static readonly empty = new Fleet({ computers: [], profiles: [], groups: new Map(), limits: defaultLimits });

  readonly computers: readonly Computer[];
  readonly byName: ReadonlyMap<string, Computer>;
  readonly profiles: readonly string[];
  readonly groups: ReadonlyMap<string, Group>;
  readonly limits: Limits;
  readonly tagKeys: ReadonlySet<string>;
  readonly #didSee = new Emitter<readonly Computer[]>();
  #seen = new Set<Computer>();
  /** What was seen of computers, gathered over a turn of the event loop. */
  readonly onDidSee = this.#didSee.event;

  constructor({ computers, profiles, groups, limits }: FleetDefinition) {
    this.computers = computers;
    this.byName = new Map(computers.map((computer) => [computer.name, computer]));
    this.profiles = profiles;
    this.groups = groups;
    this.limits = limits;
    this.tagKeys = new Set(computers.flatMap(({ tags }) => Object.keys(tags)));
    for (const computer of computers)
      computer.onDidSee((seen) => {
        this.#gather(seen);
      });
  }

  /** Takes over what another fleet knew of computers of the same name and address. */
  inheritSeen(previous: Fleet): void {
    for (const computer of this.computers) {
      const before = previous.byName.get(computer.name);
      if (before?.host === computer.host && Object.keys(before.seen).length > 0) computer.see(before.seen);
    }
  }

  #gather(computer: Computer): void {
    if (this.#seen.size === 0) {
      setTimeout(() => {
        const seen = [...this.#seen];
        this.#seen = new Set();
        this.#didSee.fire(seen);
      });
    }
    this.#seen.add(computer);
  }
}
