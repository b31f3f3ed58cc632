import type { Problem } from '../../base/problem';
import { parseYamlFile, type YamlFile } from '../../base/yaml/yamlFile';
import { entryMistakes, toFilter } from './entryRules';
import { type FilterSetFile, filterSetSchema } from './filterSchema';
import { type FilterSet, pingFilterName } from './filterSet';
import { toTreatment } from './treatment';

/** FilterCreationHandles of AMT_SystemDefensePolicy holds no more. */
export const mostFilters = 62;

export interface ParsedFilterSet {
  /** Absent when there are problems. */
  readonly set?: FilterSet;
  readonly problems: readonly Problem[];
  /** The place of the set's name, for what only its neighbours can show. */
  problemAtName(message: string): Problem;
}

/** Reads a file of `.sideband/filters`. Never throws: every mistake is a problem at its place. */
export function parseFilterSet(text: string, file: string): ParsedFilterSet {
  const yaml = parseYamlFile(text, file, filterSetSchema);
  const problemAtName = (message: string): Problem => yaml.problemAt(['name'], message);
  if (!yaml.value) return { problems: yaml.problems, problemAtName };
  const problems = [...mistakesIn(yaml.value, yaml)];
  return problems.length > 0 ? { problems, problemAtName } : { set: toSet(yaml.value), problems: [], problemAtName };
}

/** How many filters of the device a set takes. */
export function countFilters({ filters, pingLimit }: Pick<FilterSet, 'filters' | 'pingLimit'>): number {
  const pings = pingLimit > 0 ? 2 : 0;
  return filters.reduce((count, { directions }) => count + directions.length, pings);
}

function* mistakesIn(given: FilterSetFile, yaml: YamlFile<FilterSetFile>): Generator<Problem> {
  const names = new Set<string>();
  for (const [index, entry] of given.filters.entries()) {
    const name = entry.name.toLowerCase();
    const at = ['filters', index, 'name'];
    if (name === pingFilterName)
      yield yaml.problemAt(at, `"${entry.name}" is the filter that \`pingLimit\` makes: take another name`);
    if (names.has(name)) yield yaml.problemAt(at, `the name "${entry.name}" is there twice`);
    names.add(name);
    for (const { key, message } of entryMistakes(entry)) {
      yield yaml.problemAt(['filters', index, key], message, key === 'name' ? 'value' : 'key');
    }
  }
  const count = countFilters({ filters: given.filters.map(toFilter), pingLimit: given.pingLimit });
  if (count > mostFilters) {
    yield yaml.problemAt(['filters'], `a policy holds at most ${mostFilters} filters, and these are ${count}`, 'key');
  }
}

function toSet(given: FilterSetFile): FilterSet {
  const { name, title, description, antiSpoofing, pingLimit, filters } = given;
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    otherwise: { outbound: toTreatment(given.default.outbound), inbound: toTreatment(given.default.inbound) },
    antiSpoofing,
    pingLimit,
    filters: filters.map(toFilter),
  };
}
