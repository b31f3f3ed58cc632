import { Client, type ClientConfig, Pool, type PoolClient, type QueryResult } from 'pg';
import { SidebandError } from '../base/errors';
import type { DatabaseUrl } from './databaseUrl';
import { isPassing, unavailable } from './databaseErrors';
import { migrate } from './migrate';
import { Patience } from './patience';
import type { Queryable, Row } from './queryable';

const connectMs = 10_000;
/** A process that stands still in a transaction is put out of it by the server, so that it holds up nobody. */
const idleInTransactionMs = 10_000;
const statementMs = 60_000;
const connections = 6;
/** For a farewell; then the connection is cut. */
const endMs = 2_000;

/** The driver alone leaves a connection open on which it cannot log in, or whose other side is silent, and with it the process. */
class ClosingClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    this.connection.on('error', () => this.connection.stream.destroy());
  }

  override end(): Promise<void>;
  override end(callback: (error: Error) => void): void;
  override end(callback?: (error: Error) => void): Promise<void> | undefined {
    const tooLong = setTimeout(() => this.connection.stream.destroy(), endMs).unref();
    this.once('end', () => {
      clearTimeout(tooLong);
    });
    if (!callback) return super.end();
    super.end(callback);
    return undefined;
  }
}

/** The connections to one database, made when they are first needed. */
export class Database implements Queryable, AsyncDisposable {
  readonly where: string;
  readonly #config: ClientConfig;
  readonly #pool: Pool;
  #ready: Promise<void> | undefined;
  #wasReached = false;

  constructor({ url, where }: DatabaseUrl) {
    this.where = where;
    this.#config = {
      connectionString: url.reveal(),
      application_name: 'sideband',
      connectionTimeoutMillis: connectMs,
      keepAlive: true,
      statement_timeout: statementMs,
      query_timeout: statementMs + connectMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
    };
    this.#pool = new Pool({ ...this.#config, Client: ClosingClient, max: connections, idleTimeoutMillis: 30_000 });
    // A connection that breaks while nobody uses it: the next user gets a new one.
    this.#pool.on('error', () => undefined);
  }

  async query(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.execute(text, values)).rows;
  }

  /** The driver's own answer; several of them when the text has several statements, as only one without values may. */
  async execute(text: string, values: readonly unknown[] = []): Promise<QueryResult<Row>> {
    await this.#open();
    return this.#pool.query<Row>(text, [...values]);
  }

  /** What the work writes happens altogether or not at all. */
  async transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    await this.#open();
    return inTransaction(this.#pool, work);
  }

  /**
   * Does work that may be done twice, again while the database is away for a moment. Rejects with `ledger.unavailable`, or with the
   * `SidebandError` that the work throws by itself.
   */
  async patiently<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const patience = new Patience();
    for (;;) {
      try {
        return await work(this);
      } catch (error) {
        if (error instanceof SidebandError) throw error;
        if (!this.#wasReached || !isPassing(error) || !(await patience.wait())) throw unavailable(this.where, error);
      }
    }
  }

  /** A connection of its own, not open yet, for what must not share one. */
  client(): Client {
    const client = new ClosingClient(this.#config);
    client.on('error', () => undefined);
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }

  async #open(): Promise<void> {
    this.#ready ??= inTransaction(this.#pool, migrate).then(() => {
      this.#wasReached = true;
    });
    try {
      await this.#ready;
    } catch (error) {
      this.#ready = undefined;
      throw error;
    }
  }
}

async function inTransaction<T>(pool: Pool, work: (transaction: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    const value = await work(queryable(client));
    await client.query('COMMIT');
    return value;
  } catch (error) {
    await client.query('ROLLBACK').catch(onError);
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

function queryable(client: PoolClient): Queryable {
  return { query: async (text, values = []) => (await client.query<Row>(text, [...values])).rows };
}
