import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLedger } from '../../src/jobs/sqliteLedger';
import { deadOwner } from '../fakes/deadProcess';
import { jobHeader } from '../fakes/ledgers';
import { temporaryFolder } from '../fakes/temporaryFolder';

/** As version 1 made it. */
const version1 = `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL, title TEXT NOT NULL, danger TEXT NOT NULL, parameters TEXT NOT NULL,
    targets TEXT NOT NULL, folder TEXT NOT NULL, plan_hash TEXT NOT NULL, rerun_of TEXT,
    started_at TEXT NOT NULL, ended_at TEXT, state TEXT NOT NULL, owner TEXT NOT NULL
  ) STRICT;
  CREATE INDEX runs_by_start ON runs (started_at);
  CREATE TABLE results (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL, computer TEXT NOT NULL,
    state TEXT NOT NULL, technology TEXT, result TEXT, PRIMARY KEY (run, computer)
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = 1;`;

/** Two runs: one that has ended, and one whose process died in the middle of it. */
function makeVersion1(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(version1);
  const owner = deadOwner();
  const day = new Date().toISOString().slice(0, 10);
  const insertRun =
    database.prepare(`INSERT INTO runs VALUES (?, 'power.cycle', 'Power Cycle', 'disruptive', '{"graceful":true}', '*',
    '/fleet', '0123456789ab', ?, ?, ?, ?, ?)`);
  insertRun.run('20261127-020000-aaaa', null, `${day}T00:00:00.000Z`, `${day}T00:00:09.000Z`, 'finished', owner);
  insertRun.run('20261127-030000-bbbb', '20261127-020000-aaaa', `${day}T00:01:00.000Z`, null, 'running', owner);
  const result = (computer: string): string =>
    `{"computer":"${computer}","ok":true,"outcome":"done","technology":"ipmi","durationMs":5}`;
  const insertResult = database.prepare('INSERT INTO results VALUES (?, ?, ?, ?, ?, ?)');
  insertResult.run('20261127-020000-aaaa', 0, 'z', 'done', 'ipmi', result('z'));
  insertResult.run('20261127-020000-aaaa', 1, 'a', 'done', 'ipmi', result('a'));
  insertResult.run('20261127-030000-bbbb', 0, 'z', 'running', 'amt', null);
  insertResult.run('20261127-030000-bbbb', 1, 'a', 'not-begun', null, null);
  database.close();
}

test('what version 1 kept is read by this version', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'ledger.sqlite');
  makeVersion1(file);
  const ledger = openLedger(file);
  const runs = await ledger.runs({ folder: '/fleet', limit: 10 });
  expect(runs.map(({ id, kind, state, counts }) => ({ id, kind, state, counts }))).toEqual([
    {
      id: '20261127-030000-bbbb',
      kind: 'operation',
      state: 'interrupted',
      counts: { unknown: 1, 'not-begun': 1 },
    },
    { id: '20261127-020000-aaaa', kind: 'operation', state: 'finished', counts: { done: 2 } },
  ]);
  expect(await ledger.run('20261127-02')).toMatchObject({
    subject: 'power.cycle',
    title: 'Power Cycle',
    danger: 'disruptive',
    parameters: { graceful: true },
    targets: '*',
    planHash: '0123456789ab',
    results: [
      { computer: 'z', outcome: 'done', technology: 'ipmi' },
      { computer: 'a', outcome: 'done' },
    ],
  });
  expect(await ledger.run('20261127-03')).toMatchObject({
    rerunOf: '20261127-020000-aaaa',
    results: [
      { computer: 'z', outcome: 'unknown', technology: 'amt', error: { code: 'run.interrupted' } },
      { computer: 'a', outcome: 'not-begun' },
    ],
  });
  expect((await ledger.changes('20261127-020000-aaaa', 1))?.results).toMatchObject([{ computer: 'a' }]);
  ledger.dispose();
});

test('a ledger of version 1 is written on', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'ledger.sqlite');
  makeVersion1(file);
  const ledger = openLedger(file);
  const resumed = await ledger.resume('20261127-030000-bbbb');
  await resumed.close({ computer: 'z', ok: true, outcome: 'done', durationMs: 1 });
  await resumed.close({ computer: 'a', ok: true, outcome: 'already', durationMs: 1 });
  await resumed.end('finished');
  const writer = await ledger.begin(jobHeader(['a']));
  await writer.intend({ computer: 'a', technology: 'ipmi', step: 0 });
  const runs = await ledger.runs({ limit: 10 });
  expect(runs.map(({ kind, state, counts }) => ({ kind, state, counts }))).toEqual([
    { kind: 'job', state: 'running', counts: { running: 1 } },
    { kind: 'operation', state: 'finished', counts: { done: 1, already: 1 } },
    { kind: 'operation', state: 'finished', counts: { done: 2 } },
  ]);
  ledger.dispose();
  const database = new DatabaseSync(file);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  database.close();
});

test('a ledger of version 1 that another process has for itself is waited for, and brought up to date once', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'ledger.sqlite');
  makeVersion1(file);
  const holder = new DatabaseSync(file);
  holder.exec('BEGIN IMMEDIATE');
  const ledgers = [openLedger(file), openLedger(file)];
  const read = ledgers.map((ledger) => ledger.runs({ limit: 10 }));
  holder.exec('ROLLBACK');
  holder.close();
  expect((await Promise.all(read)).map(({ length }) => length)).toEqual([2, 2]);
  for (const ledger of ledgers) ledger.dispose();
});
