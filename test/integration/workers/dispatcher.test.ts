import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { silentLog } from '../../../src/base/log';
import { jobHeader } from '../../../src/jobs/running/jobHeader';
import { Dispatcher } from '../../../src/workers/dispatcher';
import { openPostgresLedger, type PostgresLedger } from '../../../src/workers/postgresLedger';
import { setLimits } from '../../../src/workers/runControl';
import type { PostgresRunWriter } from '../../../src/workers/runWriter';
import { SiteQueues } from '../../../src/workers/siteQueues';
import { type Postgres, query, startPostgres } from '../../peers/postgres';
import { cycleJob, engineOf, fleetOf, planFor } from './cycling';

vi.setConfig({ testTimeout: 30_000 });

let postgres: Postgres;
let url: string;
let ledger: PostgresLedger;
let queues: SiteQueues;
let writer: PostgresRunWriter;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres[Symbol.asyncDispose]());
beforeEach(async () => {
  url = await postgres.database();
  ledger = openPostgresLedger(url);
  queues = await SiteQueues.open(ledger.database, silentLog);
  const engine = engineOf(fleetOf({ oslo: 4 }), ledger);
  writer = await ledger.begin(jobHeader(planFor(cycleJob(1), engine), engine, {}));
  await ledger.database.transaction((transaction) => setLimits(transaction, writer, { perSite: 3 }));
});
afterEach(async () => {
  await queues[Symbol.asyncDispose]();
  await ledger[Symbol.asyncDispose]();
});

const names = ['oslo-0', 'oslo-1', 'oslo-2', 'oslo-3'];
const dispatcher = (isResumed = false): Dispatcher =>
  new Dispatcher({ database: ledger.database, queues, writer, perSite: 3, isResumed });
const fetchAll = async () => (await queues.fetch('oslo', 10)).map(({ computer }) => computer);

test('computers are given out in their order, and no more than the site may have', async () => {
  await dispatcher().send('oslo', names);
  expect((await fetchAll()).toSorted()).toEqual(['oslo-0', 'oslo-1', 'oslo-2']);
  expect(await fetchAll()).toEqual([]);
});

test('who resumes a run gives out nothing a second time', async () => {
  await dispatcher().send('oslo', names.slice(0, 2));
  await dispatcher(true).send('oslo', names);
  expect((await fetchAll()).toSorted()).toEqual(['oslo-0', 'oslo-1', 'oslo-2']);
  expect(await query(url, 'SELECT FROM sideband_queue.job')).toHaveLength(4);
});

test('what was lost is given out again', async () => {
  const own = dispatcher();
  await own.send('oslo', names);
  await query(url, "DELETE FROM sideband_queue.job WHERE data ->> 'computer' = 'oslo-1'");
  await own.repair();
  await own.repair();
  const left = await query(url, "SELECT data ->> 'computer' AS computer FROM sideband_queue.job ORDER BY 1");
  expect(left).toEqual(names.map((computer) => ({ computer })));
});

test('what was given out too often is closed: it failed, or nobody knows when it had begun', async () => {
  const own = dispatcher();
  await own.send('oslo', names);
  const claimed = await queues.fetch('oslo', 10);
  const token = claimed.find(({ computer }) => computer === 'oslo-0')?.token ?? '';
  await ledger.claimed(writer.id, token).intend({ computer: 'oslo-0', technology: 'ipmi', step: 0 });
  await query(url, "UPDATE sideband_queue.job SET state = 'failed' WHERE data ->> 'computer' IN ('oslo-0', 'oslo-1')");
  await own.repair();
  expect((await ledger.run(writer.id))?.results).toMatchObject([
    { outcome: 'unknown', error: { code: 'run.interrupted' } },
    { outcome: 'failed', error: { code: 'run.interrupted' } },
    { outcome: 'running' },
    { outcome: 'not-begun' },
  ]);
});

test('what is abandoned is closed, and its worker writes nothing more', async () => {
  const own = dispatcher();
  await own.send('oslo', names);
  const [claimed] = await queues.fetch('oslo', 1);
  const worker = ledger.claimed(writer.id, claimed?.token ?? '');
  await worker.intend({ computer: 'oslo-0', technology: 'ipmi', step: 0 });
  await own.abandon(names);
  const outcomes = (await ledger.run(writer.id))?.results.map(({ outcome }) => outcome);
  expect(outcomes).toEqual(['unknown', 'cancelled', 'cancelled', 'cancelled']);
  const refused = { code: 'ledger.unavailable' };
  await expect(worker.intend({ computer: 'oslo-0', technology: 'ipmi', step: 0 })).rejects.toMatchObject(refused);
  expect(await fetchAll()).toEqual([]);
});

test('a coordinator whose run another one has gives out nothing', async () => {
  await query(url, "UPDATE sideband.runs SET owner = 'another'");
  await expect(dispatcher().send('oslo', names)).rejects.toMatchObject({ code: 'ledger.unavailable' });
  expect(await fetchAll()).toEqual([]);
});
