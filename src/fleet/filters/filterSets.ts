import { SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';
import { parseFilterSet } from './filterFile';
import type { FilterSet } from './filterSet';
import { openPortsYaml } from './openPorts';

let openPorts: FilterSet | undefined;

/** The set that always is there. */
export function builtInFilterSet(): FilterSet {
  openPorts ??= parseFilterSet(openPortsYaml, 'open-ports.yaml').set;
  if (!openPorts) throw new SidebandError('internal.bug', 'the built-in filter set has a mistake');
  return openPorts;
}

/** The filter sets of a folder, and the built-in one. */
export class FilterSets {
  static readonly builtIn = new FilterSets([]);

  readonly #own: readonly FilterSet[];

  constructor(own: readonly FilterSet[]) {
    this.#own = own;
  }

  get all(): readonly FilterSet[] {
    return [builtInFilterSet(), ...this.#own];
  }

  /** Throws `usage.invalid` for a name that no set has. */
  get(name: string): FilterSet {
    const found = this.all.find((set) => set.name === name);
    if (found) return found;
    const names = this.all.map((set) => set.name);
    const hint = didYouMean(name, names) || ` There are: ${names.join(', ')}.`;
    throw new SidebandError('usage.invalid', `no filter set is called "${name}".${hint}`);
  }
}
