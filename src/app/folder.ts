import { join } from 'node:path';
import type { Problem } from '../base/problem';
import type { FilterSets } from '../fleet/filters/filterSets';
import { Fleet } from '../fleet/fleet';
import { parseFleet } from '../fleet/fleetFile';
import type { Policy } from '../jobs/policy';
import { parsePolicy } from '../jobs/policyFile';
import { technologies } from '../technologies';
import { readFilterSets } from './filterSetFiles';
import { readText } from './readText';

export const folderName = '.sideband';
export const fleetFileName = 'fleet.yaml';
export const policyFileName = 'policy.yaml';

/** What the files of a folder say. */
export interface FolderContents {
  readonly fleet: Fleet | undefined;
  readonly policy: Policy | undefined;
  readonly filterSets: FilterSets;
  /** Whether there is a fleet file at all. */
  readonly hasFleet: boolean;
  readonly problems: readonly Problem[];
}

/** Reads `.sideband/` of a folder. Mistakes come as problems; rejects only when a file exists and cannot be read. */
export async function readFolder(folder: string): Promise<FolderContents> {
  const home = join(folder, folderName);
  const fleetFile = join(home, fleetFileName);
  const policyFile = join(home, policyFileName);
  const [fleetText, policyText, filters] = await Promise.all([
    readText(fleetFile),
    readText(policyFile),
    readFilterSets(home),
  ]);
  const fleet = fleetText === undefined ? undefined : parseFleet(fleetText, fleetFile, technologies);
  const policy = policyText === undefined ? undefined : parsePolicy(policyText, policyFile);
  return {
    fleet: fleetText === undefined ? Fleet.empty : fleet?.fleet,
    policy: policy?.policy,
    filterSets: filters.sets,
    hasFleet: fleetText !== undefined,
    problems: [...(fleet?.problems ?? []), ...(policy?.problems ?? []), ...filters.problems],
  };
}
