import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { SidebandError } from '../../base/errors';
import { loadSqlite } from './loadSqlite';
import { migrations } from './migrations';

/** How long SQLite itself waits for another process, in milliseconds; longer waits do not block the event loop. */
const busyMs = 5;

/** Opens the ledger's database and brings it up to date; makes its folder, for this user alone. Throws what SQLite throws. */
export function openDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const isNew = !existsSync(file);
  const database = new (loadSqlite().DatabaseSync)(file);
  try {
    if (isNew) chmodSync(file, 0o600);
    database.exec(`PRAGMA busy_timeout = ${busyMs}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;`);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Whether another process has the database for itself at the moment. */
export function isBusy(error: unknown): boolean {
  const { errcode } = error as { readonly errcode?: number };
  return errcode !== undefined && (errcode & 0xff) === 5;
}

/** The error that leaves the ledger. */
export function unavailable(file: string, error: unknown): SidebandError {
  const why = error instanceof Error ? error.message : String(error);
  return new SidebandError('ledger.unavailable', `the ledger ${file} cannot be used: ${why}`, {}, error);
}

function migrate(database: DatabaseSync): void {
  if (versionOf(database) === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(database);
    if (version > migrations.length) throw new Error('it was written by a newer version of Sideband');
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    // A full disk ends the transaction by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
