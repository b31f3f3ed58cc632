import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** An open database that prepares each statement once. */
export class Connection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }

  /** Reads that see one state of the database, whatever other processes write meanwhile. */
  snapshot<T>(read: () => T): T {
    return this.#transact('BEGIN', read);
  }

  /** Writes that happen together or not at all. Other processes wait meanwhile. */
  transaction<T>(write: () => T): T {
    return this.#transact('BEGIN IMMEDIATE', write);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #transact<T>(begin: string, work: () => T): T {
    this.#database.exec(begin);
    try {
      const value = work();
      this.#database.exec('COMMIT');
      return value;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}
