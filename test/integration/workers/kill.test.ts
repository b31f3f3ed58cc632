import { expect, test } from 'vitest';
import { coordinateJob } from '../../../src/workers/coordinate';
import { openPostgresLedger } from '../../../src/workers/postgresLedger';
import { testFrontend } from '../../fakes/frontend';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { startPostgres } from '../../peers/postgres';
import { Controllers } from './controllers';
import { cycleJob, engineOf, fleetOf, planFor } from './cycling';
import { bundleWorker, startWorkerProcess } from './workerProcess';

const sites = { oslo: 1_000, berlin: 1_000 };
const perSite = 40;

test('after kill -9 of a worker every computer ends with an outcome, and no controller is told twice', async () => {
  using folder = temporaryFolder();
  await using postgres = await startPostgres();
  await using controllers = await Controllers.start();
  const database = await postgres.database();
  await using ledger = openPostgresLedger(database);
  const script = await bundleWorker(folder.path);
  const setting = { database, port: controllers.port, sites };
  await using first = await startWorkerProcess(script, setting, 'oslo');
  await using second = await startWorkerProcess(script, setting, 'oslo');
  await using _berlin = await startWorkerProcess(script, setting, 'berlin');

  // Whoever has done so many first leaves the rest to the other one.
  const cyclesBy = new Map<number, number>();
  let killed: number | undefined;
  controllers.onCycle = ({ pid }) => {
    const count = (cyclesBy.get(pid) ?? 0) + 1;
    cyclesBy.set(pid, count);
    const doomed = [first, second].find((one) => one.pid === pid);
    if (!doomed || killed !== undefined || count < 200) return;
    killed = pid;
    doomed.kill('SIGKILL');
  };
  const stops = { windDown: new AbortController().signal, stop: new AbortController().signal };
  const engine = engineOf(fleetOf(sites), ledger);
  const plan = planFor(cycleJob(controllers.port, { perSite }), engine);
  const report = await coordinateJob(plan, engine, testFrontend(), {}, stops);

  expect(killed).toBeDefined();
  expect(report.results).toHaveLength(2_000);
  const byOutcome = Map.groupBy(report.results, ({ outcome }) => outcome);
  expect([...byOutcome.keys()].sort()).toEqual(['done', 'unknown']);
  const unknown = byOutcome.get('unknown') ?? [];
  expect(unknown.length).toBeLessThanOrEqual(perSite);
  for (const { computer, error } of unknown) {
    expect(computer).toMatch(/^oslo-/);
    expect(error?.code).toBe('run.interrupted');
  }
  for (const { computer } of byOutcome.get('done') ?? []) expect(controllers.cycles.get(computer)).toBe(1);
  expect(Math.max(...controllers.cycles.values())).toBe(1);
  expect(Object.fromEntries(controllers.most)).toEqual({ oslo: perSite, berlin: perSite });

  const record = await ledger.run(report.runId);
  expect(record).toMatchObject({
    state: 'finished',
    counts: { done: 2_000 - unknown.length, unknown: unknown.length },
  });
}, 180_000);
