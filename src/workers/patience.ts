import { setTimeout as wait } from 'node:timers/promises';

const patienceMs = 10_000;
const firstWaitMs = 20;
const longestWaitMs = 1_000;

/** How long to wait for a database that is away: long enough for its restart. */
export class Patience {
  readonly #until = performance.now() + patienceMs;
  #waitMs = firstWaitMs;

  /** Waits before the next attempt; false when there shall be none. */
  async wait(): Promise<boolean> {
    if (performance.now() > this.#until) return false;
    await wait(this.#waitMs);
    this.#waitMs = Math.min(2 * this.#waitMs, longestWaitMs);
    return true;
  }
}
