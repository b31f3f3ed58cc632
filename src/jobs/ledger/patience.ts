import { isBusy } from './database';

const patienceMs = 10_000;
const firstWaitMs = 5;
const longestWaitMs = 250;

/** How long to wait for a database that another process has for itself. */
export class Patience {
  #busySince: number | undefined;
  #waitMs = firstWaitMs;

  /** The time until the next attempt, in milliseconds; nothing when waiting does not help, or not any more. */
  after(error: unknown): number | undefined {
    if (!isBusy(error)) return undefined;
    const now = performance.now();
    this.#busySince ??= now;
    if (now - this.#busySince > patienceMs) return undefined;
    const waitMs = this.#waitMs;
    this.#waitMs = Math.min(2 * waitMs, longestWaitMs);
    return waitMs;
  }

  renew(): void {
    this.#busySince = undefined;
    this.#waitMs = firstWaitMs;
  }
}
