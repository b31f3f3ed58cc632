// Our own client as a library, for tasks that are no single command.
import { inOut } from '../../tools/paths.mts';
import { bundle } from '../../tools/bundle.mts';
import type { BenchClient, Target, Task } from './client.mts';
import { concurrency, enumerations, gets, password, user } from './common.mts';

const file = inOut('bench', 'amt-client.mjs');

interface Ours {
  sweep(targets: readonly Target[], work: object): Promise<number>;
}

export const sidebandClient: BenchClient = async (targets, task: Task) => {
  const { sweep } = (await import(file)) as Ours;
  return sweep(targets, { gets: gets[task], enumerations: enumerations[task], user, password, concurrency });
};

/** Made beforehand, so that making it is not measured. */
export function bundleSidebandClient(): Promise<string> {
  return bundle(`export { sweep } from './test/bench/amt/sweep';`, file);
}
