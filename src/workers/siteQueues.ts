import { randomUUID } from 'node:crypto';
import { type Db, type JobInsert, PgBoss } from 'pg-boss';
import type { Log } from '../base/log';
import type { Database } from './database';
import { unavailable } from './databaseErrors';
import type { Queryable } from './queryable';
import { queueName } from './queueName';

/** After so long without a sign of life from its worker a computer goes to another one, in seconds. The least that pg-boss has. */
export const leaseSeconds = 10;
/** How often a computer is given out: then the trouble is what is done to it, and not its workers. */
const attempts = 10;
/** The longest that pg-boss has. */
const expireSeconds = 86_400;
const keptSeconds = 30 * 86_400;
/** Finished errands are of no use; those that were given up must be found by the coordinator. */
const keptAfterSeconds = 3_600;
/** How long after its lease a lost computer is noticed; each process asks so often, also when there is nothing to do. */
const superviseSeconds = 5;
const fetchSize = 200;
const insertSize = 1_000;
const unlimited = 2 ** 31 - 1;

/** What lies in a queue: a computer that is to be done. */
export interface Errand {
  readonly run: string;
  readonly computer: string;
}

/** Computers of one site and run that are put into the queue together. */
export interface Batch {
  readonly site: string;
  readonly run: string;
  readonly computers: readonly string[];
  /** How many of the run were put there before: those of several runs take turns. */
  readonly after: number;
  /** So many of the site at once, over all workers and runs. */
  readonly perSite: number | undefined;
}

/** An errand that was fetched. Once another worker has got it, this number of a try is worth nothing any more. */
export interface Fetched extends Errand {
  readonly id: string;
  readonly retryCount: number;
}

/** A computer that this worker has got, and the token that it writes with. */
export interface Claimed extends Fetched {
  readonly token: string;
}

const lockSql = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';
const limitsSql = `SELECT DISTINCT (limits::json ->> 'perSite')::integer AS per_site FROM sideband.runs
  WHERE state = 'running' AND limits IS NOT NULL`;
const claimSql = 'SELECT sideband.claim_computers($1::text[], $2::text[], $3::text[]) AS claimed';

/** A queue of pg-boss for each site, in the same database as the ledger. */
export class SiteQueues implements AsyncDisposable {
  readonly #database: Database;
  readonly #boss: PgBoss;
  readonly #made = new Map<string, Promise<string>>();

  private constructor(database: Database, log: Log) {
    this.#database = database;
    this.#boss = new PgBoss({
      db: { executeSql: (text, values) => database.execute(text, values) },
      schema: 'sideband_queue',
      schedule: false,
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
    });
    this.#boss.on('error', (error) => {
      log.trace(() => `queues: ${error.message}`);
    });
  }

  /** Rejects with `ledger.unavailable`. */
  static async open(database: Database, log: Log): Promise<SiteQueues> {
    const queues = new SiteQueues(database, log);
    try {
      // Of several that find an empty database at once, pg-boss lets one fail.
      await database.transaction(async (transaction) => {
        await transaction.query(lockSql, ['sideband_queue']);
        await queues.#boss.start();
      });
    } catch (error) {
      await queues[Symbol.asyncDispose]();
      throw unavailable(database.where, error);
    }
    return queues;
  }

  /** Puts computers into the queue of their site, as part of a transaction. */
  async send(transaction: Queryable, { site, run, computers, after, perSite }: Batch): Promise<void> {
    const name = await this.queue(site);
    const group = { id: name, ...(perSite !== undefined && { tier: String(perSite) }) };
    const jobs = computers.map((computer, index): JobInsert<Errand> => {
      return { data: { run, computer }, priority: -(after + index), group };
    });
    for (let at = 0; at < jobs.length; at += insertSize) {
      await this.#boss.insert(name, jobs.slice(at, at + insertSize), { db: within(transaction) });
    }
  }

  /**
   * Gets computers that are to be done next, at most so many and no more than the site's limit allows, and makes them this worker's own.
   * All who fetch for a site take turns: the limit of pg-boss alone does not hold when two of them count at the same time.
   */
  async fetch(site: string, count: number): Promise<readonly Claimed[]> {
    const name = await this.queue(site);
    return this.#database.transaction(async (transaction) => {
      const db = within(transaction);
      await transaction.query(lockSql, [name]);
      const limits = (await transaction.query(limitsSql)).map((row) => Number(row.per_site ?? unlimited));
      const groupConcurrency = {
        default: unlimited,
        tiers: Object.fromEntries(limits.map((one) => [String(one), one])),
      };
      // Within what it looks at, pg-boss takes any: the fewer, the better their order is kept.
      const batchSize = Math.min(count, fetchSize, Math.max(1, ...limits));
      const jobs = await this.#boss.fetch<Errand>(name, { batchSize, groupConcurrency, db });
      if (jobs.length === 0) return [];
      const fetched = jobs.map(({ id, retryCount, data: { run, computer } }) => {
        return { id, retryCount, run, computer, token: randomUUID() };
      });
      const columns = [fetched.map(({ run }) => run), fetched.map(({ computer }) => computer)];
      const rows = await transaction.query(claimSql, [...columns, fetched.map(({ token }) => token)]);
      const got = new Set(rows.map((row) => Number(row.claimed)));
      const left = fetched.filter((_, index) => !got.has(index + 1));
      if (left.length > 0) await this.#boss.complete(name, left, null, { db });
      return fetched.filter((_, index) => got.has(index + 1));
    });
  }

  /** What is done leaves the queue. */
  async complete(site: string, errands: readonly Fetched[]): Promise<void> {
    await this.#boss.complete(await this.queue(site), [...errands]);
  }

  /** What is not done goes to another worker, or to the same one. */
  async giveBack(site: string, errands: readonly Fetched[]): Promise<void> {
    await this.#boss.fail(await this.queue(site), [...errands]);
  }

  /** A sign of life for what this worker has. */
  async touch(site: string, errands: readonly Fetched[]): Promise<void> {
    await this.#boss.touch(await this.queue(site), [...errands]);
  }

  /** The computers of a run that a worker has or will get, and those that were given out too often; read in a transaction. */
  async look(transaction: Queryable, site: string, run: string): Promise<{ live: Set<string>; givenUp: Set<string> }> {
    const name = await this.queue(site);
    const jobs = await this.#boss.findJobs<Errand>(name, { data: { run }, limit: 100_000, db: within(transaction) });
    const named = (states: readonly string[]): Set<string> =>
      new Set(jobs.filter(({ state }) => states.includes(state)).map(({ data }) => data.computer));
    return { live: named(['created', 'retry', 'active']), givenUp: named(['failed']) };
  }

  /** The name of a site's queue, which is made when there is none. */
  queue(site: string): Promise<string> {
    const name = queueName(site);
    let made = this.#made.get(name);
    if (!made) {
      made = this.#make(name);
      this.#made.set(name, made);
      made.catch(() => this.#made.delete(name));
    }
    return made;
  }

  async #make(name: string): Promise<string> {
    await this.#boss.createQueue(name, {
      retryLimit: attempts - 1,
      retryDelay: 0,
      heartbeatSeconds: leaseSeconds,
      expireInSeconds: expireSeconds,
      retentionSeconds: keptSeconds,
      deleteAfterSeconds: keptAfterSeconds,
    });
    return name;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }
}

function within(transaction: Queryable): Db {
  return { executeSql: async (text, values) => ({ rows: [...(await transaction.query(text, values))] }) };
}
