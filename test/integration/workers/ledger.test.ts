import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunHeader } from '../../../src/jobs/ledger';
import { openPostgresLedger, type PostgresLedger } from '../../../src/workers/postgresLedger';
import { type Postgres, startPostgres } from '../../peers/postgres';

let postgres: Postgres;
let url: string;
let ledger: PostgresLedger;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres[Symbol.asyncDispose]());
beforeEach(async () => {
  url = await postgres.database();
  ledger = openPostgresLedger(url);
});
afterEach(() => ledger[Symbol.asyncDispose]());

const header = (computers: readonly string[]): RunHeader => ({
  subject: 'power.cycle',
  title: 'Power Cycle',
  danger: 'disruptive',
  parameters: { times: 1 },
  targets: '*',
  folder: '/fleet',
  planHash: '0123456789ab',
  computers,
});
const done = (computer: string) =>
  ({ computer, ok: true, outcome: 'done', technology: 'ipmi', durationMs: 5 }) as const;

test('a run is read back as it was written', async () => {
  const writer = await ledger.begin(header(['a', 'b', 'c']));
  await writer.intend({ computer: 'a', technology: 'ipmi', before: 'on' });
  await writer.close(done('a'));
  await writer.intend({ computer: 'b', technology: 'ipmi' });
  expect(await ledger.run(writer.id)).toMatchObject({
    state: 'running',
    kind: 'operation',
    danger: 'disruptive',
    parameters: { times: 1 },
    counts: { done: 1, running: 1, 'not-begun': 1 },
    results: [done('a'), { computer: 'b', outcome: 'running' }, { computer: 'c', outcome: 'not-begun' }],
  });
  await writer.end('cancelled');
  expect(await ledger.runs({ folder: '/fleet', limit: 10 })).toMatchObject([{ id: writer.id, state: 'cancelled' }]);
  expect(await ledger.runs({ folder: '/elsewhere', limit: 10 })).toEqual([]);
  expect(await ledger.lastRun('/fleet')).toMatchObject({ id: writer.id, subject: 'power.cycle' });
  expect(await ledger.run('nope')).toBeUndefined();
  await expect(writer.end('finished')).resolves.toBeUndefined();
});

test('the same repository at another place on another machine is the same folder', async () => {
  const writer = await ledger.begin(header(['a']));
  expect(await ledger.runs({ folder: '/srv/checkouts/fleet', limit: 10 })).toMatchObject([{ id: writer.id }]);
  expect(await ledger.lastRun('C:\\work\\fleet\\')).toMatchObject({ id: writer.id });
  const due = { job: '.sideband/jobs/patch.yaml', at: new Date('2026-11-28T01:00:00Z') };
  expect(await ledger.schedules.claim({ folder: '/fleet', ...due })).toBe('claimed');
  expect(await ledger.schedules.claim({ folder: '/srv/checkouts/fleet', ...due })).toBe('taken');
  await writer.end('finished');
});
