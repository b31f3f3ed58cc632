import type { DatabaseSync } from 'node:sqlite';
import { isBusy, openDatabase, unavailable } from './database';

const patienceMs = 10_000;
const longestBackOffMs = 250;
/** Writes in one transaction, so that a turn of the event loop stays short. */
const batchSize = 500;

interface Entry {
  readonly write: (database: DatabaseSync) => void;
  readonly done: PromiseWithResolvers<undefined>;
}

/** Gathers what many callers write at the same time into one transaction, and waits for other processes without blocking. */
export class WriteQueue {
  readonly #file: string;
  readonly #waiting: Entry[] = [];
  #database: DatabaseSync | undefined;
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  #busySince = 0;
  #backOffMs = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** Opens the database when it is not open yet. Throws what SQLite throws. */
  get database(): DatabaseSync {
    this.#database ??= openDatabase(this.#file);
    return this.#database;
  }

  /** Resolves when the write is on disk. Rejects with `ledger.unavailable`. */
  async write(write: (database: DatabaseSync) => void): Promise<void> {
    const done = Promise.withResolvers<undefined>();
    this.#waiting.push({ write, done });
    this.#timer ??= setImmediate(() => {
      this.#flush();
    });
    await done.promise;
  }

  /** What still waits is rejected. */
  dispose(): void {
    this.#reject(this.#waiting.splice(0), new Error('it is closed'));
    this.#database?.close();
    this.#database = undefined;
  }

  #flush(): void {
    this.#timer = undefined;
    const batch = this.#waiting.splice(0, batchSize);
    if (batch.length === 0) return;
    try {
      this.#commit(batch);
    } catch (error) {
      if (!isBusy(error) || !this.#backOff(batch)) {
        this.#busySince = 0;
        this.#reject(batch, error);
      }
    }
    if (this.#waiting.length > 0) {
      this.#timer ??= setImmediate(() => {
        this.#flush();
      });
    }
  }

  #commit(batch: readonly Entry[]): void {
    const { database } = this;
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const { write } of batch) write(database);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
    this.#busySince = 0;
    for (const { done } of batch) done.resolve(undefined);
  }

  /** Puts the batch back to try again later; false when it has waited long enough. */
  #backOff(batch: readonly Entry[]): boolean {
    const now = performance.now();
    if (this.#busySince === 0) [this.#busySince, this.#backOffMs] = [now, 5];
    else if (now - this.#busySince > patienceMs) return false;
    this.#waiting.unshift(...batch);
    this.#timer = setTimeout(() => {
      this.#flush();
    }, this.#backOffMs);
    this.#backOffMs = Math.min(2 * this.#backOffMs, longestBackOffMs);
    return true;
  }

  #reject(batch: readonly Entry[], error: unknown): void {
    for (const { done } of batch) done.reject(unavailable(this.#file, error));
  }
}
