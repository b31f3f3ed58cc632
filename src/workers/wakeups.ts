import type { Client } from 'pg';
import { sleep } from '../base/sleep';
import type { Database } from './database';

/** Wakes come in crowds: those of so many milliseconds count as one. */
const gatherMs = 50;
const reconnectMs = 5_000;

/**
 * Tells that something has changed in the ledger or the queues, as soon as it has. The news is `work`: workers have something to do or to
 * end; or the id of a run of which computers have ended. Who listens looks by himself now and then as well.
 */
export class Wakeups implements AsyncDisposable {
  readonly #database: Database;
  readonly #concerns: (news: string) => boolean;
  readonly #stopped = new AbortController();
  #client: Client | undefined;
  #isRung = false;
  #areHeard = false;
  #ring: (() => void) | undefined;

  /** `concerns` says whether one is to be woken by news. */
  constructor(database: Database, concerns: (news: string) => boolean) {
    this.#database = database;
    this.#concerns = concerns;
    void this.#listen();
  }

  /** Whether changes are told at the moment, and not only looked for. */
  get areHeard(): boolean {
    return this.#areHeard;
  }

  /** As if something had changed. */
  ring(): void {
    this.#isRung = true;
    this.#ring?.();
  }

  /** Resolves after the time, a little after a change, or when the signal ends. */
  async next(withinMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#isRung) {
      const rung = new AbortController();
      this.#ring = () => {
        rung.abort();
      };
      await quietly(sleep(withinMs, AbortSignal.any([rung.signal, signal])));
      this.#ring = undefined;
    }
    if (this.#isRung) await quietly(sleep(gatherMs, signal));
    this.#isRung = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped.abort();
    await this.#client?.end().catch(() => undefined);
  }

  /** Without the connection nothing is lost but time. */
  async #listen(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const client = this.#database.client();
      this.#client = client;
      const gone = new Promise((resolve) => client.once('end', resolve));
      client.on('notification', ({ payload = '' }) => {
        if (this.#concerns(payload)) this.ring();
      });
      try {
        await client.connect();
        await client.query('LISTEN sideband');
        this.#areHeard = true;
        this.ring();
        await gone;
      } catch {
        await client.end().catch(() => undefined);
      }
      this.#areHeard = false;
      this.ring();
      await quietly(sleep(reconnectMs, signal));
    }
  }
}

async function quietly(waiting: Promise<void>): Promise<void> {
  await waiting.catch(() => undefined);
}
