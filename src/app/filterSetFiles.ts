import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SidebandError } from '../base/errors';
import type { Problem } from '../base/problem';
import { parseFilterSet } from '../fleet/filters/filterFile';
import type { FilterSet } from '../fleet/filters/filterSet';
import { builtInFilterSet, FilterSets } from '../fleet/filters/filterSets';
import { readText } from './readText';

export const filtersFolderName = 'filters';

export interface FilterSetContents {
  readonly sets: FilterSets;
  readonly problems: readonly Problem[];
}

/** Reads the `.yaml` files of `.sideband/filters`. Mistakes come as problems; rejects only when a file exists and cannot be read. */
export async function readFilterSets(home: string): Promise<FilterSetContents> {
  const folder = join(home, filtersFolderName);
  const files = (await list(folder)).filter((name) => name.endsWith('.yaml')).toSorted();
  const sets: FilterSet[] = [];
  const problems: Problem[] = [];
  const owners = new Map([[builtInFilterSet().name, 'the built-in set']]);
  for (const name of files) {
    const file = join(folder, name);
    const parsed = parseFilterSet((await readText(file)) ?? '', file);
    problems.push(...parsed.problems);
    if (!parsed.set) continue;
    const owner = owners.get(parsed.set.name);
    if (owner === undefined) sets.push(parsed.set);
    else problems.push(parsed.problemAtName(`the name "${parsed.set.name}" is that of ${owner} already`));
    owners.set(parsed.set.name, owner ?? basename(file));
  }
  return { sets: new FilterSets(sets), problems };
}

async function list(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new SidebandError('file.invalid', `${folder} cannot be read: ${message}`, {}, error);
  }
}
