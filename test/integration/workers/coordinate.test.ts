import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Strategy } from '../../../src/jobs/file/job';
import type { ComputerResult } from '../../../src/jobs/result';
import type { JobReport, Stops } from '../../../src/jobs/running/jobReport';
import { coordinateJob } from '../../../src/workers/coordinate';
import { openPostgresLedger, type PostgresLedger } from '../../../src/workers/postgresLedger';
import { startWorker } from '../../../src/workers/worker';
import { testFrontend } from '../../fakes/frontend';
import { type Postgres, startPostgres } from '../../peers/postgres';
import { Controllers } from './controllers';
import { cycleJob, engineOf, fleetOf, planFor } from './cycling';

let postgres: Postgres;
let controllers: Controllers;
let ledger: PostgresLedger;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres[Symbol.asyncDispose]());
beforeEach(async () => {
  controllers = await Controllers.start();
  ledger = openPostgresLedger(await postgres.database());
});
afterEach(async () => {
  await ledger[Symbol.asyncDispose]();
  await controllers[Symbol.asyncDispose]();
});

const never: Stops = { windDown: new AbortController().signal, stop: new AbortController().signal };
const sites = { oslo: 30, berlin: 20 };

function work(at: readonly string[], log = testFrontend().log): Promise<AsyncDisposable> {
  const engine = engineOf(fleetOf(sites), ledger);
  return startWorker({ ledger, engine: () => engine, compile: () => cycleJob(controllers.port), sites: at, log });
}

function coordinate(strategy: Partial<Strategy> = {}, stops = never): Promise<JobReport> {
  const engine = engineOf(fleetOf(sites), ledger);
  return coordinateJob(planFor(cycleJob(controllers.port, strategy), engine), engine, testFrontend(), {}, stops);
}

const tally = (results: readonly ComputerResult[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Map.groupBy(results, ({ outcome }) => outcome)].map(([outcome, { length }]) => [outcome, length]),
  );

test('workers do the computers of their sites, within the limit of a site over all of them', async () => {
  await using _oslo = await work(['oslo']);
  await using _alsoOslo = await work(['oslo']);
  await using _berlin = await work(['berlin']);
  const report = await coordinate({ perSite: 4 });
  expect(tally(report.results)).toEqual({ done: 50 });
  expect(report.results.map(({ computer }) => computer).slice(29, 31)).toEqual(['oslo-29', 'berlin-0']);
  expect(report).toMatchObject({ title: 'Cycle all', cancelled: false });
  expect([...controllers.cycles.values()]).toEqual(Array.from({ length: 50 }, () => 1));
  expect(Object.fromEntries(controllers.most)).toEqual({ oslo: 4, berlin: 4 });
  expect(await ledger.run(report.runId)).toMatchObject({ state: 'finished', kind: 'job', counts: { done: 50 } });
});
