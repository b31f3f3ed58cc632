import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { deadOwner } from '../fakes/deadProcess';
import { jobHeader, sqliteWorld } from '../fakes/ledgers';

const day = 86_400_000;

interface Filling {
  readonly count: number;
  readonly startedAt: Date;
  readonly state: 'finished' | 'running';
  readonly computers?: number;
}

/** Runs with one step on each computer, made by SQL. */
function fill(file: string, { count, startedAt, state, computers = 1 }: Filling): void {
  const database = new DatabaseSync(file);
  const values = { count, startedAt: startedAt.toISOString(), state, owner: deadOwner() };
  database
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
       INSERT INTO runs (id, kind, subject, title, danger, targets, folder, plan_hash, started_at, state, owner, parameters)
       SELECT :startedAt || :state || i, 'job', :state, 'x', 'safe', '*', '/f', '', :startedAt, :state, :owner, '{}' FROM n`,
    )
    .run(values);
  const rows = `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :last)`;
  const made = 'FROM runs, n WHERE started_at = :startedAt AND subject = :state';
  const which = { last: computers - 1, startedAt: startedAt.toISOString(), state };
  database
    .prepare(
      `${rows} INSERT INTO results (run, position, computer, state, seq) SELECT number, i, 'c' || i, 'done', i + 1 ${made}`,
    )
    .run(which);
  database
    .prepare(
      `${rows} INSERT INTO steps (run, position, step, state, attempts, seq) SELECT number, i, 0, 'done', 1, i + 1 ${made}`,
    )
    .run(which);
  database.close();
}

function count(file: string, table: string): number {
  const database = new DatabaseSync(file);
  const n = Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n);
  database.close();
  return n;
}

test('of more than a thousand runs the newest are kept, and what has not ended', async () => {
  using world = sqliteWorld();
  await (await world.ledger.begin(jobHeader(['a']))).end('finished');
  fill(world.file, { count: 7, startedAt: new Date(Date.now() - 3 * day), state: 'running' });
  fill(world.file, { count: 5, startedAt: new Date(Date.now() - 2 * day), state: 'finished' });
  fill(world.file, { count: 996, startedAt: new Date(Date.now() - day), state: 'finished' });
  const { id } = await world.ledger.begin(jobHeader(['a']));
  // The new one, the first one and 996 leave room for two of the five.
  expect(count(world.file, "runs WHERE state = 'finished'")).toBe(999);
  expect(count(world.file, 'runs')).toBe(999 + 7 + 1);
  expect(count(world.file, 'results')).toBe(999 + 7 + 1);
  expect(count(world.file, 'steps')).toBe(998 + 7);
  expect((await world.ledger.lastRun('/fleet'))?.id).toBe(id);
});

test('after ninety days a run goes with its steps, however many, and whatever its state', async () => {
  using world = sqliteWorld();
  await world.ledger.begin(jobHeader(['a']));
  fill(world.file, { count: 1, startedAt: new Date(Date.now() - 91 * day), state: 'finished', computers: 2500 });
  fill(world.file, { count: 1, startedAt: new Date(Date.now() - 92 * day), state: 'running', computers: 1000 });
  fill(world.file, { count: 1, startedAt: new Date(Date.now() - 89 * day), state: 'finished', computers: 3 });
  await world.ledger.begin(jobHeader(['a']));
  expect(count(world.file, 'runs')).toBe(3);
  expect(count(world.file, 'results')).toBe(5);
  expect(count(world.file, 'steps')).toBe(3);
});

test('a run that was deleted is told to its writer', async () => {
  using world = sqliteWorld();
  const writer = await world.ledger.begin(jobHeader(['a']));
  const database = new DatabaseSync(world.file);
  database.exec('DELETE FROM runs');
  database.close();
  expect(count(world.file, 'results')).toBe(0);
  await expect(writer.intend({ computer: 'a', technology: 'ipmi', step: 0 })).rejects.toMatchObject({
    code: 'ledger.unavailable',
  });
  expect(count(world.file, 'steps')).toBe(0);
});

test('two hundred plans are kept, by when they were last seen', async () => {
  using world = sqliteWorld();
  const { ledger } = world;
  const keep = (number: number): Promise<void> => ledger.keepPlan({ hash: `hash-${number}`, title: 'x', facts: {} });
  for (let number = 1; number <= 200; number++) await keep(number);
  await keep(1);
  await keep(201);
  expect(count(world.file, 'plans')).toBe(200);
  expect(await ledger.plan('hash-1')).toMatchObject({ hash: 'hash-1' });
  expect(await ledger.plan('hash-2')).toBeUndefined();
  expect(await ledger.plan('hash-3')).toMatchObject({ hash: 'hash-3' });
});

test('claims are kept for ninety days', async () => {
  using world = sqliteWorld();
  const { schedules } = world.ledger;
  const claim = (days: number): Promise<string> =>
    schedules.claim({ folder: '/fleet', job: `job-${days}`, at: new Date(Date.now() - days * day) });
  expect([await claim(91), await claim(89)]).toEqual(['claimed', 'claimed']);
  await world.ledger.begin(jobHeader(['a']));
  const database = new DatabaseSync(world.file);
  expect(database.prepare('SELECT job FROM schedules').all()).toEqual([{ job: 'job-89' }]);
  database.close();
});
