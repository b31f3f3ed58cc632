import { join } from 'node:path';
import { planJob } from '../../../src/jobs/planning/planJob';
import { runJob } from '../../../src/jobs/running/runJob';
import { openLedger } from '../../../src/jobs/sqliteLedger';
import { silentLog } from '../../../src/base/log';
import { blankLedger } from './blankLedger.mts';
import type { JobsClient } from './client.mts';
import { acts, noopComputers, noopEngine, noopJob } from './noop.mts';

export const frontend = { log: silentLog, confirm: () => Promise.resolve(true), progress: () => undefined };

/** Signals that never end. */
export const noStops = { windDown: new AbortController().signal, stop: new AbortController().signal };

/** Plans and runs a job: each step waits for the one before it, and for its intent and its outcome to be on disk. */
export const sidebandClient: JobsClient = async (
  { computers: count, stepsEach, concurrency, folder, record },
  clock,
) => {
  const ledger = record === 'memory' ? blankLedger() : openLedger(join(folder, 'ledger.sqlite'));
  const computers = noopComputers(count);
  const engine = noopEngine(computers, ledger);
  const job = noopJob(stepsEach, 'none');
  clock.start();
  const plan = planJob(job, { computers, targets: '*' }, engine);
  clock.part('planned ms', clock.soFarMs());
  const { results } = await runJob(plan, engine, frontend, { concurrency }, noStops);
  clock.stop();
  ledger.dispose();
  const complete = results.filter(({ outcome }) => outcome === 'done').length === count;
  return { done: complete ? acts.count : 0 };
};
