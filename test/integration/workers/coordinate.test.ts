import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Log } from '../../../src/base/log';
import { Fleet } from '../../../src/fleet/fleet';
import { parseTargets } from '../../../src/fleet/targets/parse';
import type { Strategy } from '../../../src/jobs/file/job';
import type { ComputerResult } from '../../../src/jobs/result';
import type { JobReport, Stops } from '../../../src/jobs/running/jobReport';
import { coordinateJob, coordinateResumed } from '../../../src/workers/coordinate';
import { openPostgresLedger, type PostgresLedger } from '../../../src/workers/postgresLedger';
import { type RunningWorker, startWorker, type WorkerOptions } from '../../../src/workers/worker';
import { testFrontend } from '../../fakes/frontend';
import { type Postgres, query, startPostgres } from '../../peers/postgres';
import { Controllers } from './controllers';
import { cycleJob, engineOf, fleetOf, planFor } from './cycling';

vi.setConfig({ testTimeout: 30_000 });

let postgres: Postgres;
let controllers: Controllers;
let url: string;
let ledger: PostgresLedger;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres[Symbol.asyncDispose]());
beforeEach(async () => {
  controllers = await Controllers.start();
  url = await postgres.database();
  ledger = openPostgresLedger(url);
});
afterEach(async () => {
  await ledger[Symbol.asyncDispose]();
  await controllers[Symbol.asyncDispose]();
});

const sites = { oslo: 30, berlin: 20 };
const never: Stops = { windDown: new AbortController().signal, stop: new AbortController().signal };

interface Given {
  readonly strategy?: Partial<Strategy>;
  readonly steps?: number;
  readonly stops?: Stops;
  readonly log?: Log;
}

function work(site: string, steps = 1, others: Partial<WorkerOptions> = {}): Promise<RunningWorker> {
  const engine = engineOf(fleetOf(sites), ledger);
  const compile = () => cycleJob(controllers.port, {}, steps);
  const { log } = testFrontend();
  return startWorker({ ledger, engine: () => engine, compile, sites: [site], log, ...others });
}

function coordinate({ strategy = {}, steps = 1, stops = never, log }: Given = {}): Promise<JobReport> {
  const engine = engineOf(fleetOf(sites), ledger);
  const plan = planFor(cycleJob(controllers.port, strategy, steps), engine);
  return coordinateJob(plan, engine, { ...testFrontend(), ...(log && { log }) }, {}, stops);
}

function tally(results: readonly ComputerResult[]): Readonly<Record<string, number>> {
  const groups = Map.groupBy(results, ({ outcome }) => outcome);
  return Object.fromEntries([...groups].map(([outcome, { length }]) => [outcome, length]));
}

/** Once so many visits wait for their answer. */
function untilHeld(count: number): Promise<void> {
  return new Promise((resolve) => {
    controllers.onHeld = (held) => {
      if (held >= count) resolve();
    };
  });
}

function stopsOf(): { readonly windDown: AbortController; readonly stop: AbortController; readonly stops: Stops } {
  const [windDown, stop] = [new AbortController(), new AbortController()];
  return { windDown, stop, stops: { windDown: windDown.signal, stop: stop.signal } };
}

test('workers do the computers of their sites, within the limit of a site over all of them', async () => {
  await using _oslo = await work('oslo');
  await using _alsoOslo = await work('oslo');
  await using _berlin = await work('berlin');
  const report = await coordinate({ strategy: { perSite: 4 } });
  expect(tally(report.results)).toEqual({ done: 50 });
  expect(report.results.map(({ computer }) => computer).slice(29, 31)).toEqual(['oslo-29', 'berlin-0']);
  expect(report).toMatchObject({ title: 'Cycle all', cancelled: false });
  expect([...controllers.cycles.values()]).toEqual(Array.from({ length: 50 }, () => 1));
  expect(Object.fromEntries(controllers.most)).toEqual({ oslo: 4, berlin: 4 });
  expect(await ledger.run(report.runId)).toMatchObject({ state: 'finished', kind: 'job', counts: { done: 50 } });
});

test('two runs at once share the limit of a site', async () => {
  await using _oslo = await work('oslo');
  await using _alsoOslo = await work('oslo');
  await using _berlin = await work('berlin');
  const strategy = { perSite: 3 };
  const reports = await Promise.all([coordinate({ strategy }), coordinate({ strategy })]);
  expect(reports.map(({ results }) => tally(results))).toEqual([{ done: 50 }, { done: 50 }]);
  expect(Object.fromEntries(controllers.most)).toEqual({ oslo: 3, berlin: 3 });
});

test('a wave with a failure is the last one', async () => {
  await using _oslo = await work('oslo');
  await using _berlin = await work('berlin');
  controllers.refusing.add('oslo-3');
  const report = await coordinate({ strategy: { waves: [{ count: 10 }] } });
  expect(tally(report.results)).toEqual({ done: 9, failed: 1, skipped: 40 });
  expect(report.halted).toBe('1 of 10 computers of wave 1 failed');
  expect(report.results.at(-1)?.error).toMatchObject({ code: 'run.halted' });
  expect(controllers.total).toBe(9);
});

test('too many failures end a run, wherever they are', async () => {
  await using _oslo = await work('oslo');
  await using _berlin = await work('berlin');
  for (const name of ['oslo-0', 'berlin-0']) controllers.refusing.add(name);
  const report = await coordinate({ strategy: { perSite: 1, failFast: { count: 1 } } });
  expect(report.halted).toBe('2 of 50 computers failed, and failFast allows 1');
  expect(tally(report.results)).toMatchObject({ failed: 2 });
  expect(tally(report.results).skipped).toBeGreaterThan(20);
  expect(await ledger.run(report.runId)).toMatchObject({ state: 'finished', counts: tally(report.results) });
});

test('a cancelled run finishes what is in flight and begins nothing else', async () => {
  const told = Promise.withResolvers<string>();
  await using _oslo = await work('oslo', 2, { log: { ...testFrontend().log, info: told.resolve } });
  const { windDown, stops } = stopsOf();
  const held = untilHeld(4);
  const running = coordinate({ strategy: { perSite: 4 }, steps: 2, stops });
  await held;
  windDown.abort();
  expect(await told.promise).toMatch(/^run .*: cancelled; what is in flight is finished$/);
  controllers.release();
  const report = await running;
  expect(report.cancelled).toBe(true);
  expect(tally(report.results)).toEqual({ cancelled: 50 });
  expect(controllers.total).toBe(4);
  expect(await ledger.run(report.runId)).toMatchObject({ state: 'cancelled' });
  const { steps } = (await ledger.changes(report.runId, 0))!;
  expect(steps.filter(({ outcome }) => outcome === 'done')).toHaveLength(4);
});

test('what a cancelled run has not even given out ends as well', async () => {
  await using _oslo = await work('oslo');
  await using _berlin = await work('berlin');
  const { windDown, stops } = stopsOf();
  const held = untilHeld(4);
  const running = coordinate({ strategy: { concurrency: 4, waves: [{ count: 20 }] }, stops });
  await held;
  windDown.abort();
  controllers.release();
  expect(tally((await running).results)).toEqual({ done: 4, cancelled: 46 });
  expect(controllers.total).toBe(4);
});

test('a stopped run breaks off what is in flight, which may have happened', async () => {
  await using _oslo = await work('oslo');
  const { windDown, stop, stops } = stopsOf();
  const held = untilHeld(4);
  const running = coordinate({ strategy: { perSite: 4 }, stops });
  await held;
  windDown.abort();
  stop.abort();
  const report = await running;
  expect(tally(report.results)).toEqual({ unknown: 4, cancelled: 46 });
  expect(controllers.total).toBe(4);
});

test('the database may go away in the middle, and nothing is done twice', async () => {
  await using _oslo = await work('oslo', 2);
  await using _berlin = await work('berlin', 2);
  const restarted = Promise.withResolvers<undefined>();
  controllers.onCycle = () => {
    if (controllers.total === 20)
      postgres.restart().then(() => {
        restarted.resolve(undefined);
      }, restarted.reject);
  };
  const report = await coordinate({ strategy: { perSite: 4 }, steps: 2 });
  await restarted.promise;
  expect(tally(report.results)).toEqual({ done: 50 });
  expect([...controllers.cycles.values()]).toEqual(Array.from({ length: 50 }, () => 2));
});

test('where no worker is it is said, and the computers wait for one', async () => {
  const warnings: string[] = [];
  const warned = Promise.withResolvers<undefined>();
  const warn = (line: string): void => {
    warnings.push(line);
    warned.resolve(undefined);
  };
  await using _oslo = await work('oslo');
  const running = coordinate({ log: { ...testFrontend().log, warn } });
  await warned.promise;
  await using _berlin = await work('berlin');
  expect(tally((await running).results)).toEqual({ done: 50 });
  expect(warnings).toEqual(['site berlin: no worker has been seen yet; its computers wait']);
});

test('a worker touches only what its own folder has, and what its own policy allows', async () => {
  const fleet = fleetOf({ oslo: 2 });
  const policy = { protected: parseTargets('oslo-1'), sites: {} };
  const engine = { ...engineOf(fleet, ledger), policy };
  await using _oslo = await work('oslo', 1, { engine: () => engine });
  await using _berlin = await work('berlin', 1, { engine: () => engineOf(Fleet.empty, ledger) });
  const { results } = await coordinate();
  expect(tally(results)).toEqual({ done: 1, skipped: 49 });
  expect(results[1]?.error?.code).toBe('policy.refused');
  expect(results[1]?.error?.message).toMatch(
    /^oslo-1: the policy of the worker on .* forbids power.cycle: oslo-1 may not/,
  );
  expect(results[49]?.error?.code).toBe('operation.impossible');
  expect(results[49]?.error?.message).toMatch(/^berlin-19: the worker on .* has no such computer in \/fleet$/);
  expect(controllers.total).toBe(1);
});

test('a worker to which the job means other steps does none of them', async () => {
  await using _oslo = await work('oslo', 2);
  await using _berlin = await work('berlin');
  const { results } = await coordinate();
  expect(tally(results)).toEqual({ skipped: 30, done: 20 });
  expect(results[0]?.error?.code).toBe('plan.changed');
});

test('how many the policy of a worker allows is counted over the whole run', async () => {
  const policy = { sites: { oslo: { maxShare: 50 } } };
  const engine = { ...engineOf(fleetOf(sites), ledger), policy };
  await using _oslo = await work('oslo', 1, { engine: () => engine });
  await using _berlin = await work('berlin');
  const { results } = await coordinate();
  expect(tally(results)).toEqual({ skipped: 30, done: 20 });
  expect(results[0]?.error?.code).toBe('policy.refused');
  expect(results[0]?.error?.message).toMatch(
    /^oslo-0: the policy of the worker on .* forbids the run: 30 of 30 computers of site oslo are more than 15 \(policy.yaml: sites.oslo.maxShare \(50%\)\)$/,
  );
});

test('a worker that is sent home leaves its computers between two steps, and another one goes on', async () => {
  await using _berlin = await work('berlin', 3);
  const oslo = await work('oslo', 3);
  const held = untilHeld(8);
  const running = coordinate({ strategy: { perSite: 4 }, steps: 3 });
  await held;
  const home = oslo[Symbol.asyncDispose]();
  controllers.release();
  await home;
  expect((await ledger.runs({ limit: 1 }))[0]?.state).toBe('running');
  await using _next = await work('oslo', 3);
  expect(tally((await running).results)).toEqual({ done: 50 });
  expect([...controllers.cycles.values()]).toEqual(Array.from({ length: 50 }, () => 3));
});

test('a worker that is insisted on breaks off what is in flight, and another one does the rest', async () => {
  const { stop, stops } = stopsOf();
  const oslo = await work('oslo', 1, { stops });
  const held = untilHeld(4);
  const running = coordinate({ strategy: { perSite: 4 } });
  await held;
  expect(oslo.count).toBe(4);
  const home = oslo[Symbol.asyncDispose]();
  stop.abort();
  await home;
  expect(oslo.count).toBe(0);
  controllers.release();
  await using _next = await work('oslo');
  await using _berlin = await work('berlin');
  expect(tally((await running).results)).toEqual({ unknown: 4, done: 46 });
  expect([...controllers.cycles.values()]).toEqual(Array.from({ length: 50 }, () => 1));
});

test('when the coordinator has died another one goes on, and workers notice nothing', async () => {
  await using _oslo = await work('oslo', 2);
  await using _berlin = await work('berlin', 2);
  const held = untilHeld(4);
  const strategy = { perSite: 4, waves: [{ count: 20 }] };
  const first = coordinate({ strategy, steps: 2 });
  await held;
  const dead = JSON.stringify({ host: 'elsewhere', pid: 1 });
  await query(url, "UPDATE sideband.runs SET owner = $1, seen_at = now() - interval '1 minute'", [dead]);
  const [{ id } = { id: '' }] = await ledger.runs({ limit: 1 });
  const record = (await ledger.run(id))!;
  expect(record).toMatchObject({ state: 'interrupted', counts: { running: 4 } });

  await using other = openPostgresLedger(url);
  const engine = engineOf(fleetOf(sites), other);
  const compiled = cycleJob(controllers.port, strategy, 2);
  const interrupted = { record, compiled, computers: engine.fleet.computers };
  const second = coordinateResumed(interrupted, engine, testFrontend(), {}, never);
  expect((await first).results[0]?.error).toMatchObject({ code: 'ledger.unavailable' });
  controllers.release();
  const report = await second;
  expect(report.runId).toBe(id);
  expect(tally(report.results)).toEqual({ done: 50 });
  expect([...controllers.cycles.values()]).toEqual(Array.from({ length: 50 }, () => 2));
  expect(await other.run(id)).toMatchObject({ state: 'finished', counts: { done: 50 } });
});
