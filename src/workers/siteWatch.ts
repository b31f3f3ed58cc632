import type { Log } from '../base/log';
import type { Database } from './database';
import { readUnseen } from './workersSeen';

/** A site whose workers were silent for so long is warned of, in seconds; and again every minute. */
const silentSeconds = 15;
const lookMs = 5_000;
const sayAgainMs = 60_000;

/** Says which sites have nobody who would do their computers. */
export class SiteWatch {
  readonly #database: Database;
  readonly #log: Log;
  readonly #saidAt = new Map<string, number>();
  #lookedAt = -Infinity;

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  /** After an outage workers need a moment to show themselves. */
  postpone(): void {
    this.#lookedAt = performance.now();
  }

  async look(sites: readonly string[]): Promise<void> {
    const now = performance.now();
    if (sites.length === 0 || now - this.#lookedAt < lookMs) return;
    this.#lookedAt = now;
    for (const [site, unseen] of await readUnseen(this.#database, sites)) {
      if (unseen !== undefined && unseen < silentSeconds) {
        if (this.#saidAt.delete(site)) this.#log.info(`${nameOf(site)}: a worker is there`);
        continue;
      }
      if (now - (this.#saidAt.get(site) ?? -Infinity) < sayAgainMs) continue;
      this.#saidAt.set(site, now);
      const since = unseen === undefined ? 'yet' : `for ${Math.round(unseen)} s`;
      this.#log.warn(`${nameOf(site)}: no worker has been seen ${since}; its computers wait`);
    }
  }
}

function nameOf(site: string): string {
  return site === '' ? 'computers without a site' : `site ${site}`;
}
