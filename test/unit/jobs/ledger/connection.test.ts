import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Connection } from '../../../../src/jobs/ledger/connection';
import { openDatabase } from '../../../../src/jobs/ledger/database';
import { temporaryFolder } from '../../../fakes/temporaryFolder';

let folder: ReturnType<typeof temporaryFolder>;
let connection: Connection;
let other: DatabaseSync;
beforeEach(() => {
  folder = temporaryFolder();
  const file = join(folder.path, 'ledger.sqlite');
  connection = new Connection(openDatabase(file));
  other = new DatabaseSync(file);
});
afterEach(() => {
  connection.close();
  other.close();
  folder[Symbol.dispose]();
});

const insert = "INSERT INTO plans (hash, plan) VALUES ('a', '{}')";
const countPlans = (): unknown => connection.statement('SELECT count(*) AS n FROM plans').get()?.n;

test('a snapshot does not see what others write meanwhile', () => {
  const counts = connection.snapshot(() => {
    const before = countPlans();
    other.exec(insert);
    return [before, countPlans()];
  });
  expect(counts).toEqual([0, 0]);
  expect(countPlans()).toBe(1);
});

test('a transaction keeps others from writing from its beginning on', () => {
  connection.transaction(() => {
    expect(() => {
      other.exec(insert);
    }).toThrow('database is locked');
  });
  other.exec(insert);
  expect(countPlans()).toBe(1);
});

test('a transaction that throws has written nothing', () => {
  const write = (): void => {
    connection.statement(insert).run();
    throw new Error('stop');
  };
  expect(() => {
    connection.transaction(write);
  }).toThrow('stop');
  expect(countPlans()).toBe(0);
});

test('reading may end early', () => {
  other.exec(`${insert}; INSERT INTO plans (hash, plan) VALUES ('b', '{}')`);
  const first = connection.snapshot(() => {
    for (const { hash } of connection.statement('SELECT hash FROM plans ORDER BY number').iterate()) return hash;
    return undefined;
  });
  expect(first).toBe('a');
  expect(countPlans()).toBe(2);
  connection.transaction(() => connection.statement("DELETE FROM plans WHERE hash = 'a'").run());
  expect(countPlans()).toBe(1);
});

test('a statement is prepared once', () => {
  expect(connection.statement('SELECT 1')).toBe(connection.statement('SELECT 1'));
});
