import { FilterSets } from './filters/filterSets';

/** What the files of a folder define for operations to take by name. */
export interface Definitions {
  readonly filterSets: FilterSets;
}

/** Where no folder defines any. */
export const builtInDefinitions: Definitions = { filterSets: FilterSets.builtIn };
