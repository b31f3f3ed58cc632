import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SidebandError } from '../base/errors';
import { SimulatedFleet } from '../simulators/fleet';
import { demoJobs } from './demoJobs';
import { fleetFileName, folderName } from './folder';

export interface Demo extends AsyncDisposable {
  readonly password: string;
}

/** Starts a simulated fleet and writes a folder for it. Throws `file.invalid` rather than overwrite somebody's own fleet file. */
export async function startDemo({
  folder,
  count,
  replace,
}: {
  readonly folder: string;
  readonly count: number;
  readonly replace: boolean;
}): Promise<Demo> {
  const file = join(folder, folderName, fleetFileName);
  const present = await readFile(file, 'utf8').catch(() => SimulatedFleet.marker);
  if (!replace && !present.startsWith(SimulatedFleet.marker)) {
    throw new SidebandError('file.invalid', `${file} is not of the demo`, {
      hint: 'Name another folder, or give --yes.',
    });
  }
  const fleet = await SimulatedFleet.start(count);
  const jobs = join(folder, folderName, 'jobs');
  await mkdir(jobs, { recursive: true });
  await writeFile(file, fleet.fleetYaml());
  for (const [name, text] of Object.entries(demoJobs)) await writeIfNew(join(jobs, name), text);
  return { password: SimulatedFleet.password, [Symbol.asyncDispose]: () => fleet[Symbol.asyncDispose]() };
}

/** What somebody has changed since is theirs. */
async function writeIfNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}
