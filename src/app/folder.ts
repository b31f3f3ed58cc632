import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SidebandError } from '../base/errors';
import type { Problem } from '../base/problem';
import { Fleet } from '../fleet/fleet';
import { parseFleet } from '../fleet/fleetFile';
import type { Policy } from '../jobs/policy';
import { parsePolicy } from '../jobs/policyFile';
import { technologies } from '../technologies';

export const folderName = '.sideband';
export const fleetFileName = 'fleet.yaml';
export const policyFileName = 'policy.yaml';

/** What the files of a folder say. */
export interface FolderContents {
  readonly fleet: Fleet | undefined;
  readonly policy: Policy | undefined;
  /** Whether there is a fleet file at all. */
  readonly hasFleet: boolean;
  readonly problems: readonly Problem[];
}

/** Reads `.sideband/` of a folder. Mistakes come as problems; rejects only when a file exists and cannot be read. */
export async function readFolder(folder: string): Promise<FolderContents> {
  const fleetFile = join(folder, folderName, fleetFileName);
  const policyFile = join(folder, folderName, policyFileName);
  const [fleetText, policyText] = await Promise.all([readText(fleetFile), readText(policyFile)]);
  const fleet = fleetText === undefined ? undefined : parseFleet(fleetText, fleetFile, technologies);
  const policy = policyText === undefined ? undefined : parsePolicy(policyText, policyFile);
  return {
    fleet: fleetText === undefined ? Fleet.empty : fleet?.fleet,
    policy: policy?.policy,
    hasFleet: fleetText !== undefined,
    problems: [...(fleet?.problems ?? []), ...(policy?.problems ?? [])],
  };
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new SidebandError('file.invalid', `${file} cannot be read: ${message}`, {}, error);
  }
}
