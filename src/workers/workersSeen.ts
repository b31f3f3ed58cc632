import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Queryable } from './queryable';

const seenSql = `INSERT INTO sideband.workers (id, host, pid, sites, seen_at) VALUES ($1, $2, $3, $4, now())
  ON CONFLICT (id) DO UPDATE SET sites = excluded.sites, seen_at = excluded.seen_at`;
const goneSql = 'DELETE FROM sideband.workers WHERE id = $1';
const sitesSql = `SELECT site, extract(epoch FROM now() - max(seen_at))::float8 AS unseen
  FROM unnest($1::text[]) AS site LEFT JOIN sideband.workers ON site = ANY(sites) GROUP BY site`;
const workSql = `SELECT site FROM unnest($1::text[]) AS site WHERE EXISTS (
  SELECT FROM sideband.results r JOIN sideband.runs u ON u.id = r.run
  WHERE r.site = site AND r.result IS NULL AND u.state = 'running')`;

/** One worker's line in the table of workers. */
export class Presence {
  readonly #id = randomUUID();

  async show(database: Queryable, sites: readonly string[]): Promise<void> {
    await database.query(seenSql, [this.#id, hostname(), process.pid, sites]);
  }

  async leave(database: Queryable): Promise<void> {
    await database.query(goneSql, [this.#id]);
  }
}

/** For how long no worker of a site was seen, in seconds; nothing when there has been none. */
export async function readUnseen(
  database: Queryable,
  sites: readonly string[],
): Promise<ReadonlyMap<string, number | undefined>> {
  const rows = await database.query(sitesSql, [sites]);
  return new Map(rows.map(({ site, unseen }) => [site as string, unseen === null ? undefined : Number(unseen)]));
}

/** Those of the sites where a computer has no outcome yet. */
export async function sitesWithWork(database: Queryable, sites: readonly string[]): Promise<readonly string[]> {
  return (await database.query(workSql, [sites])).map(({ site }) => site as string);
}
