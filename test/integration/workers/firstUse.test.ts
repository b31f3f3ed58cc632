import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../../src/base/log';
import { openPostgresLedger } from '../../../src/workers/postgresLedger';
import { SiteQueues } from '../../../src/workers/siteQueues';
import { type Postgres, startPostgres } from '../../peers/postgres';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres[Symbol.asyncDispose]());

test('processes that find an empty database at the same time all make it theirs', async () => {
  const url = await postgres.database();
  const ledgers = Array.from({ length: 4 }, () => openPostgresLedger(url));
  try {
    const opened = await Promise.allSettled(ledgers.map(({ database }) => SiteQueues.open(database, silentLog)));
    for (const one of opened) if (one.status === 'fulfilled') await one.value[Symbol.asyncDispose]();
    expect(opened.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled']);
  } finally {
    await Promise.all(ledgers.map((ledger) => ledger[Symbol.asyncDispose]()));
  }
}, 30_000);
