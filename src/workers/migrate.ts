import type { Queryable } from './queryable';
import { migrations } from './migrations';

/** Any number, the same for all: who migrates locks it. */
const lock = 0x51de_ba4d;

/** Brings the schema up to date, one process at a time. One that is up to date is not touched, so that no right to create is needed. */
export async function migrate(transaction: Queryable): Promise<void> {
  if ((await versionOf(transaction)) === migrations.length) return;
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [lock]);
  const version = await versionOf(transaction);
  if (version > migrations.length) throw new Error('it was written by a newer version of Sideband');
  if (version === 0) {
    await transaction.query('CREATE SCHEMA IF NOT EXISTS sideband');
    await transaction.query('CREATE TABLE sideband.version (version integer NOT NULL)');
    await transaction.query('INSERT INTO sideband.version VALUES (0)');
  }
  for (const migration of migrations.slice(version)) await transaction.query(migration);
  await transaction.query('UPDATE sideband.version SET version = $1', [migrations.length]);
}

async function versionOf(transaction: Queryable): Promise<number> {
  // Not by to_regclass: what it has once not found it goes on not to find while this waits for the lock.
  const [there] = await transaction.query(
    "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'sideband' AND tablename = 'version') AS there",
  );
  if (there?.there !== true) return 0;
  const [row] = await transaction.query('SELECT version FROM sideband.version');
  return Number(row?.version);
}
