import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { SidebandError } from '../../base/errors';
import { Connection } from './connection';
import { openDatabase, unavailable } from './database';
import { Patience } from './patience';

/** Reads from the ledger. Rejects with `ledger.unavailable`, or with the error that the work throws by itself. */
export type Read = <T>(nothing: T, work: (connection: Connection) => T) => Promise<T>;

/** The ledger's file, opened when it is first needed. */
export class LedgerFile {
  readonly path: string;
  #connection: Connection | undefined;
  #isClosed = false;

  constructor(path: string) {
    this.path = path;
  }

  /** Throws what SQLite throws. */
  get connection(): Connection {
    if (this.#isClosed) throw new Error('it is closed');
    this.#connection ??= new Connection(openDatabase(this.path));
    return this.#connection;
  }

  /** `nothing` when there is no file yet: reading makes none. The work is a turn of the event loop, so it has to be short. */
  readonly read: Read = async (nothing, work) => {
    if (!existsSync(this.path)) return nothing;
    const patience = new Patience();
    for (;;) {
      try {
        return work(this.connection);
      } catch (error) {
        if (error instanceof SidebandError) throw error;
        const waitMs = patience.after(error);
        if (waitMs === undefined) throw unavailable(this.path, error);
        await wait(waitMs);
      }
    }
  };

  close(): void {
    this.#isClosed = true;
    this.#connection?.close();
    this.#connection = undefined;
  }
}
