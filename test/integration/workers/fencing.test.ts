import { expect, test } from 'vitest';
import { coordinateJob } from '../../../src/workers/coordinate';
import { openPostgresLedger } from '../../../src/workers/postgresLedger';
import { testFrontend } from '../../fakes/frontend';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { startPostgres } from '../../peers/postgres';
import { Controllers } from './controllers';
import { cycleJob, engineOf, fleetOf, planFor } from './cycling';
import { bundleWorker, startWorkerProcess, type WorkerProcess } from './workerProcess';

const sites = { oslo: 20 };
const steps = 3;
const perSite = 4;
const never = { windDown: new AbortController().signal, stop: new AbortController().signal };

test('a worker that stood still until its computers were another’s does nothing more to them', async () => {
  using folder = temporaryFolder();
  await using postgres = await startPostgres();
  await using controllers = await Controllers.start();
  const database = await postgres.database();
  await using ledger = openPostgresLedger(database);
  const script = await bundleWorker(folder.path);
  const setting = { database, port: controllers.port, sites, steps };
  await using still = await startWorkerProcess(script, setting, 'oslo');
  const heir = Promise.withResolvers<WorkerProcess>();

  const visitors: number[] = [];
  controllers.onCycle = ({ pid }) => {
    if (visitors.push(pid) !== 10) return;
    controllers.onHeld = (held) => {
      // Each computer that is under way waits for an answer: no act is on its way.
      if (held < perSite) return;
      still.kill('SIGSTOP');
      controllers.release();
      startWorkerProcess(script, setting, 'oslo').then(heir.resolve, heir.reject);
    };
  };
  const engine = engineOf(fleetOf(sites), ledger);
  const plan = planFor(cycleJob(controllers.port, { perSite }, steps), engine);
  const first = await coordinateJob(plan, engine, testFrontend(), {}, never);
  await (await heir.promise)[Symbol.asyncDispose]();

  const outcomes = Map.groupBy(first.results, ({ outcome }) => outcome);
  expect(outcomes.get('unknown')).toHaveLength(perSite);
  expect(outcomes.get('done')).toHaveLength(20 - perSite);
  for (const { computer } of outcomes.get('done') ?? []) expect(controllers.cycles.get(computer)).toBe(steps);
  const before = new Map(controllers.cycles);

  visitors.length = 0;
  controllers.onCycle = ({ pid }) => void visitors.push(pid);
  still.kill('SIGCONT');
  const second = await coordinateJob(plan, engine, testFrontend(), {}, never);
  expect(new Set(visitors)).toEqual(new Set([still.pid]));
  expect(second.results.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 20 }, () => 'done'));
  for (const [computer, count] of before) expect(controllers.cycles.get(computer)).toBe(count + steps);
  expect(visitors).toHaveLength(20 * steps);
}, 120_000);
