import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Cache } from '../base/cache';
import { loadSqlite } from '../jobs/ledger/loadSqlite';

const keptDays = 90;
/** How long another process may hold the file before an entry is forgotten instead, in milliseconds. */
const busyMs = 20;

interface Opened {
  readonly database: DatabaseSync;
  readonly find: StatementSync;
  readonly keep: StatementSync;
}

/** A cache in one file, shared by all processes of this user. Opens it when it is first asked. */
export function openCache(file: string): Cache & Disposable {
  let opened: Opened | 'unusable' | undefined;
  const use = <T>(act: (cache: Opened) => T): T | undefined => {
    try {
      opened ??= open(file);
      return opened === 'unusable' ? undefined : act(opened);
    } catch {
      opened ??= 'unusable';
      return undefined;
    }
  };
  return {
    get: (key) => use(({ find }) => find.get(key)?.value as Uint8Array | undefined),
    set: (key, value) => {
      use(({ keep }) => keep.run(key, value, today()));
    },
    [Symbol.dispose]() {
      if (opened && opened !== 'unusable') opened.database.close();
      opened = 'unusable';
    },
  };
}

function open(file: string): Opened {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new (loadSqlite().DatabaseSync)(file);
  try {
    chmodSync(file, 0o600);
    // What a crash loses is read again.
    database.exec(`PRAGMA busy_timeout = ${busyMs}; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS cache (key TEXT PRIMARY KEY, value BLOB NOT NULL, day INTEGER NOT NULL) STRICT;`);
    database.prepare('DELETE FROM cache WHERE day < ?').run(today() - keptDays);
    return {
      database,
      find: database.prepare('SELECT value FROM cache WHERE key = ?'),
      keep: database.prepare(
        'INSERT INTO cache VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value, day = excluded.day',
      ),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function today(): number {
  return Math.floor(Date.now() / 86_400_000);
}
