import type { ErrorReport } from '../base/errors';
import { Emitter } from '../base/emitter';
import type { TechnologyName } from './technologyName';

export type PowerState = 'on' | 'off' | 'sleeping' | 'unknown';

/** How one technology reaches a computer. */
export interface Access {
  readonly technology: TechnologyName;
  readonly host: string;
  /** Absent: the technology's own port. */
  readonly port?: number;
  /** The technology's section of the profile, checked by the technology's schema. */
  readonly options: unknown;
}

/** What was last learnt about a computer. Absent: never. */
export interface Seen {
  readonly power?: PowerState;
  /** When the computer last answered, as milliseconds since 1970. */
  readonly at?: number;
  readonly technology?: TechnologyName;
  /** Why it did not answer when it was last asked; absent when it did. */
  readonly problem?: ErrorReport;
  /** What a technology found that the computer offers, in words. Kept until it is found anew. */
  readonly offers?: Readonly<Partial<Record<TechnologyName, string>>>;
}

export interface ComputerDefinition {
  readonly name: string;
  readonly host: string;
  readonly mac?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Absent for an ad-hoc URL. */
  readonly profile?: string;
  readonly accesses: readonly Access[];
}

/** A managed machine. Operations and nodes write what they saw; views listen. */
export class Computer {
  readonly name: string;
  readonly host: string;
  readonly mac: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly profile: string | undefined;
  readonly accesses: readonly Access[];
  #seen: Seen = {};
  readonly #didSee = new Emitter<this>();
  readonly onDidSee = this.#didSee.event;

  constructor(definition: ComputerDefinition) {
    this.name = definition.name;
    this.host = definition.host;
    this.mac = definition.mac;
    this.tags = definition.tags;
    this.profile = definition.profile;
    this.accesses = definition.accesses;
  }

  /** Computers without the tag share the site with the empty name. */
  get site(): string {
    return this.tags.site ?? '';
  }

  get seen(): Seen {
    return this.#seen;
  }

  access(technology: TechnologyName): Access | undefined {
    return this.accesses.find((access) => access.technology === technology);
  }

  see(seen: Seen): void {
    const { offers } = this.#seen;
    this.#seen = offers && !seen.offers ? { ...seen, offers } : seen;
    this.#didSee.fire(this);
  }
}
