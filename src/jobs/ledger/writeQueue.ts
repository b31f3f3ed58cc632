import { SidebandError } from '../../base/errors';
import { unavailable } from './database';
import type { LedgerFile } from './ledgerFile';
import { Patience } from './patience';
import { Transaction } from './transaction';

/** How long writes go on in one transaction, so that a turn of the event loop stays short. */
const turnMs = 10;

interface Entry {
  /** Writes, and tells what to do when that is on disk. */
  readonly write: (transaction: Transaction) => () => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers what many callers write at the same time into one transaction, and waits for other processes without blocking. */
export class WriteQueue {
  readonly #file: LedgerFile;
  readonly #patience = new Patience();
  #waiting: Entry[] = [];
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;

  constructor(file: LedgerFile) {
    this.#file = file;
  }

  /**
   * Resolves when the write is on disk. Rejects with `ledger.unavailable`, or with a `SidebandError` of the write itself, which it may
   * throw only before it has changed anything.
   */
  write<T>(write: (transaction: Transaction) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        write: (transaction) => {
          const value = write(transaction);
          return () => {
            resolve(value);
          };
        },
        reject,
      });
      this.#schedule();
    });
  }

  /** What still waits is rejected. */
  dispose(): void {
    this.#reject(new Error('it is closed'));
  }

  #schedule(): void {
    this.#timer ??= setImmediate(() => {
      this.#flush();
    });
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const settle: (() => void)[] = [];
    try {
      const { connection } = this.#file;
      connection.transaction(() => {
        writeSome(this.#waiting, new Transaction(connection), settle);
      });
      this.#patience.renew();
      this.#waiting = this.#waiting.slice(settle.length);
      for (const done of settle) done();
    } catch (error) {
      const waitMs = this.#patience.after(error);
      if (waitMs !== undefined) {
        this.#timer = setTimeout(() => {
          this.#flush();
        }, waitMs);
        return;
      }
      this.#patience.renew();
      this.#reject(error);
    }
    if (this.#waiting.length > 0) this.#schedule();
  }

  /** A ledger that cannot be written fails for all who wait. */
  #reject(error: unknown): void {
    const rejected = this.#waiting;
    this.#waiting = [];
    for (const { reject } of rejected) reject(unavailable(this.#file.path, error));
  }
}

/** Writes from the front of the queue until the time is up. */
function writeSome(waiting: readonly Entry[], transaction: Transaction, settle: (() => void)[]): void {
  const endsAt = performance.now() + turnMs;
  for (const { write, reject } of waiting) {
    try {
      settle.push(write(transaction));
    } catch (error) {
      if (!(error instanceof SidebandError)) throw error;
      settle.push(() => {
        reject(error);
      });
    }
    if (performance.now() >= endsAt) break;
  }
}
