import { join } from 'node:path';
import { planJob } from '../../../src/jobs/planning/planJob';
import { runJob } from '../../../src/jobs/running/runJob';
import { openLedger } from '../../../src/jobs/sqliteLedger';
import type { JobsClient } from './client.mts';
import { noopComputers, noopEngine, noopJob } from './noop.mts';
import { frontend, noStops } from './sidebandClient.mts';

/** Runs a job until half of the computers have ended, and dies. */
export const dieClient: JobsClient = async ({ computers: count, stepsEach, concurrency, folder }) => {
  const computers = noopComputers(count);
  const engine = noopEngine(computers, openLedger(join(folder, 'ledger.sqlite')));
  const plan = planJob(noopJob(stepsEach, 'none'), { computers, targets: '*' }, engine);
  let ended = 0;
  const onResult = (): void => {
    if (++ended === Math.floor(count / 2)) process.kill(process.pid, 'SIGKILL');
  };
  await runJob(plan, engine, frontend, { concurrency, onResult }, noStops);
  throw new Error('it did not die');
};
