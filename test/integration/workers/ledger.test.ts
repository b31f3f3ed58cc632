import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Intent, RunHeader } from '../../../src/jobs/ledger';
import { openPostgresLedger, type PostgresLedger } from '../../../src/workers/postgresLedger';
import { type Postgres, postgresPassword, query, startPostgres } from '../../peers/postgres';

vi.setConfig({ testTimeout: 30_000 });

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

function header(computers: readonly string[], dueAt?: string): RunHeader {
  const source = { file: '.sideband/jobs/cycle.yaml', texts: { '.sideband/jobs/cycle.yaml': 'name: C\0' }, inputs: {} };
  return {
    subject: '.sideband/jobs/cycle.yaml',
    title: 'Cycle all\0',
    danger: 'disruptive',
    parameters: { times: 1 },
    targets: '*',
    folder: '/fleet',
    planHash: '0123456789ab',
    computers,
    job: {
      source,
      steps: [{ id: 'cycle', title: 'Power Cycle', uses: 'power.cycle', role: 'step' }],
      ...(dueAt !== undefined && { dueAt }),
    },
  };
}
const done = (computer: string) =>
  ({ computer, ok: true, outcome: 'done', technology: 'ipmi', durationMs: 5, note: 'with\0a NUL' }) as const;
const intent = (computer: string, step?: number): Intent =>
  ({ computer, technology: 'ipmi', ...(step !== undefined && { step }) }) as const;
const dead = JSON.stringify({ host: 'elsewhere', pid: 1 });
const kill = (): Promise<unknown> =>
  query(url, "UPDATE sideband.runs SET owner = $1, seen_at = now() - interval '1 minute'", [dead]);

test('a run is read back as it was written', async () => {
  const writer = await ledger.begin(header(['a', 'b', 'c']));
  await writer.intend({ ...intent('a', 0), before: 'on' });
  await writer.closeStep({ step: 0, attempts: 1, result: done('a') });
  await writer.close(done('a'));
  await writer.intend(intent('b', 0));
  expect(await ledger.run(writer.id)).toMatchObject({
    id: writer.id,
    subject: '.sideband/jobs/cycle.yaml',
    state: 'running',
    kind: 'job',
    danger: 'disruptive',
    parameters: { times: 1 },
    counts: { done: 1, running: 1, 'not-begun': 1 },
    results: [done('a'), { computer: 'b', outcome: 'running' }, { computer: 'c', outcome: 'not-begun' }],
    job: { source: { texts: { '.sideband/jobs/cycle.yaml': 'name: C\0' } } },
  });
  await writer.end('cancelled');
  expect(await ledger.runs({ folder: '/fleet', limit: 10 })).toMatchObject([{ id: writer.id, state: 'cancelled' }]);
  expect(await ledger.runs({ folder: '/elsewhere', limit: 10 })).toEqual([]);
  expect(await ledger.lastRun('/fleet')).toMatchObject({ id: writer.id });
  expect(await ledger.run(writer.id.slice(0, -1))).toMatchObject({ id: writer.id });
  expect(await ledger.run('nope')).toBeUndefined();
});

test('what changed since somebody looked, and nothing else', async () => {
  const writer = await ledger.begin(header(['a', 'b']));
  const begun = (await ledger.changes(writer.id, 0))!;
  expect(begun).toMatchObject({ state: 'running', results: [{ computer: 'a' }, { computer: 'b' }], steps: [] });
  await writer.intend({ ...intent('b', 0), before: 'on' });
  const intended = (await ledger.changes(writer.id, begun.seq))!;
  expect(intended.results).toMatchObject([{ computer: 'b', outcome: 'running' }]);
  expect(intended.steps).toMatchObject([{ computer: 'b', step: 0, outcome: 'running', before: 'on', attempts: 1 }]);
  await writer.intend({ ...intent('b', 0), before: 'off' });
  await writer.closeStep({ step: 0, attempts: 2, result: done('b') });
  const closed = (await ledger.changes(writer.id, intended.seq))!;
  expect(closed.results).toEqual([]);
  expect(closed.steps).toEqual([{ ...done('b'), step: 0, before: 'on', attempts: 2 }]);
  expect(await ledger.changes(writer.id, closed.seq)).toMatchObject({ results: [], steps: [], seq: closed.seq });
  expect(await ledger.changes('nope', 0)).toBeUndefined();
});

test('ten thousand computers are written by several writers, and whoever follows misses none', async () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `n${index}`);
  const writer = await ledger.begin(header(names));
  await using other = openPostgresLedger(url);
  const elsewhere = other.claimed(writer.id, writer.owner);
  const seen = new Set<string>();
  let isOver = false;
  const follow = async (): Promise<void> => {
    for (let seq = 0; ;) {
      const last = isOver;
      const changes = (await ledger.changes(writer.id, seq))!;
      for (const { computer, outcome } of changes.results) if (outcome === 'done') seen.add(computer);
      seq = changes.seq;
      if (last) return;
    }
  };
  const following = follow();
  await Promise.all(names.map((name, index) => (index % 2 === 0 ? writer : elsewhere).close(done(name))));
  isOver = true;
  await following;
  expect(seen.size).toBe(10_000);
  expect((await ledger.runs({ limit: 1 }))[0]?.counts).toEqual({ done: 10_000 });
});

test('a run of a living process is busy; after its death another one has it, and the old one writes nothing more', async () => {
  const old = await ledger.begin(header(['a', 'b']));
  await old.intend(intent('a', 0));
  await expect(ledger.resume(old.id)).rejects.toMatchObject({ code: 'run.busy' });
  await kill();
  expect(await ledger.run(old.id)).toMatchObject({
    state: 'interrupted',
    counts: { unknown: 1, 'not-begun': 1 },
    results: [{ outcome: 'unknown', error: { code: 'run.interrupted' } }, { outcome: 'not-begun' }],
  });
  const next = await ledger.resume(old.id);
  expect((await ledger.run(old.id))?.state).toBe('running');
  await expect(old.intend(intent('b', 0))).rejects.toMatchObject({ code: 'ledger.unavailable' });
  await expect(old.close(done('a'))).rejects.toMatchObject({ code: 'ledger.unavailable' });
  await expect(old.end('finished')).rejects.toMatchObject({ code: 'ledger.unavailable' });
  await next.close(done('a'));
  await next.end('finished');
  await expect(ledger.resume(old.id)).rejects.toMatchObject({ code: 'run.ended' });
  await expect(ledger.resume('nope')).rejects.toMatchObject({ code: 'usage.invalid' });
});

test('a time is run by one process alone, and left out while the run before goes on', async () => {
  await using other = openPostgresLedger(url);
  const at = (hour: number) => ({
    folder: '/fleet',
    job: '.sideband/jobs/cycle.yaml',
    at: new Date(Date.UTC(2026, 0, 1, hour)),
  });
  const claims = await Promise.all([ledger.schedules.claim(at(1)), other.schedules.claim(at(1))]);
  expect(claims.toSorted()).toEqual(['claimed', 'taken']);
  expect(await other.schedules.claim(at(2))).toBe('overlaps');
  const writer = await ledger.begin(header(['a'], '2026-01-01T01:00:00.000Z'));
  expect(await other.schedules.claim(at(3))).toBe('overlaps');
  await writer.end('finished');
  expect(await other.schedules.claim(at(3))).toBe('taken');
  expect(await other.schedules.claim(at(4))).toBe('claimed');

  expect(await ledger.schedules.lookedAfter('/fleet', 'x')).toBeUndefined();
  await ledger.schedules.lookAfter('/fleet', 'x', new Date(2_000));
  await other.schedules.lookAfter('/fleet', 'x', new Date(1_000));
  expect(await ledger.schedules.lookedAfter('/fleet', 'x')).toEqual(new Date(2_000));
});

test('plans are kept for what they were', async () => {
  const plan = { hash: 'abc', title: 'Cycle', facts: { 'a cycle': 'on → off' } };
  await ledger.keepPlan({ ...plan, title: 'Before' });
  await ledger.keepPlan(plan);
  expect(await ledger.plan('abc')).toEqual(plan);
  expect(await ledger.plan('abd')).toBeUndefined();
});

test('several processes make the tables at the same time', async () => {
  const ledgers = Array.from({ length: 5 }, () => openPostgresLedger(url));
  const runs = await Promise.all(ledgers.map((one) => one.begin(header(['a']))));
  expect(new Set(runs.map(({ id }) => id)).size).toBe(5);
  await Promise.all(ledgers.map((one) => one[Symbol.asyncDispose]()));
});

test('a ledger of a newer version is left alone', async () => {
  await ledger.begin(header(['a']));
  await query(url, 'UPDATE sideband.version SET version = 99');
  await using other = openPostgresLedger(url);
  await expect(other.runs({ limit: 1 })).rejects.toMatchObject({
    code: 'ledger.unavailable',
    message: expect.stringMatching(/it was written by a newer version of Sideband$/) as string,
  });
});

test('the server may be restarted in the middle', async () => {
  const names = Array.from({ length: 200 }, (_, index) => `n${index}`);
  const writer = await ledger.begin(header(names));
  const restarted = postgres.restart();
  for (const name of names) await writer.close(done(name));
  await restarted;
  expect((await ledger.run(writer.id))?.counts).toEqual({ done: 200 });
});

test.each([
  ['a wrong password', (text: string) => text.replace(encodeURIComponent(postgresPassword), 'wrong-pass-word')],
  ['a database that is not there', (text: string) => `${text}x`],
  ['a port where nobody listens', (text: string) => text.replace(/:\d+\//, ':1/')],
])('%s is said without a password', async (_, spoil) => {
  const bad = spoil(url);
  await using other = openPostgresLedger(bad);
  const error = await other.begin(header(['a'])).then(
    () => new Error('it began'),
    (thrown: unknown) => thrown as Error,
  );
  const { host, pathname } = new URL(bad);
  expect(error).toMatchObject({ code: 'ledger.unavailable' });
  expect(error.message).toContain(`the ledger ${pathname.slice(1)} at ${host} cannot be used: `);
  expect(JSON.stringify([error, error.cause ?? '']) + inspect(error)).not.toMatch(/wrong-pass-word|hunter2/);
});

const sockets = (): number => process.getActiveResourcesInfo().filter((one) => one === 'TCPSocketWrap').length;

test('a server that has fallen silent keeps no connection open', async () => {
  const ends: Socket[] = [];
  const deafProxy = createServer({ allowHalfOpen: true }, (socket) => {
    const server = connect(postgres.port, '127.0.0.1');
    ends.push(socket, server);
    socket.on('data', (bytes) => server.write(bytes));
    server.on('data', (bytes) => socket.write(bytes));
  });
  await once(deafProxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = deafProxy.address() as AddressInfo;
  const before = sockets();
  const other = openPostgresLedger(url.replace(`:${postgres.port}`, `:${port}`));
  expect(await other.runs({ limit: 1 })).toEqual([]);
  expect(sockets()).toBe(before + 3);
  for (const end of ends) end.pause();
  await other[Symbol.asyncDispose]();
  await vi.waitFor(() => {
    expect(sockets()).toBe(before + 2);
  }, 10_000);
  for (const end of ends) end.destroy();
  deafProxy.close();
});

test('without a password it is said that one is asked for, and no connection stays open', async () => {
  await using other = openPostgresLedger(url.replace(/:[^:@]*@/, '@'));
  const before = sockets();
  await expect(other.runs({ limit: 1 })).rejects.toMatchObject({
    message: expect.stringMatching(/^the ledger .* cannot be used: it asks for a password: set PGPASSWORD$/) as string,
  });
  await vi.waitFor(() => {
    expect(sockets()).toBe(before);
  });
});

test('who may make nothing in the database is told that somebody has to', async () => {
  await query(url, "CREATE ROLE guest LOGIN PASSWORD 'guest'");
  await using other = openPostgresLedger(url.replace(/\/\/.*@/, '//guest:guest@'));
  await expect(other.runs({ limit: 1 })).rejects.toMatchObject({
    message: expect.stringMatching(/cannot be used: permission denied for database test_/) as string,
    hint: 'The first to use the database makes schemas in it, and needs the right to; the others work as the same user.',
  });
});
