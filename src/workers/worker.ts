import { toSidebandError } from '../base/errors';
import type { Log } from '../base/log';
import type { Engine } from '../jobs/engine';
import type { CompiledJob, JobSource } from '../jobs/program/program';
import type { Database } from './database';
import { HeldComputers } from './heldComputers';
import type { PostgresLedger } from './postgresLedger';
import { readStopping } from './runControl';
import { RunsInHand } from './runInHand';
import { SiteQueues } from './siteQueues';
import { Wakeups } from './wakeups';
import { Presence, sitesWithWork } from './workersSeen';

const pollMs = 1_000;
/** Well within the lease of pg-boss. */
const beatMs = 3_000;

export interface WorkerOptions {
  readonly ledger: PostgresLedger;
  /** The folder's as it is at the moment: it may be read again while the worker goes on. */
  readonly engine: () => Engine;
  /** Makes of recorded texts what they mean here. Throws `file.invalid`. */
  readonly compile: (source: JobSource) => CompiledJob;
  /** Absent: all sites of the folder's fleet, and the computers without one. */
  readonly sites?: readonly string[];
  /** Computers at once; absent: from fleet.yaml. */
  readonly concurrency?: number;
  readonly log: Log;
  /** How long what is in flight may take once the worker is disposed of, in milliseconds. */
  readonly graceMs?: number;
}

/** Does the computers of its sites until it is disposed of: what is in flight comes to the end of its step, and others go on from there. */
export async function startWorker(options: WorkerOptions): Promise<AsyncDisposable> {
  const queues = await SiteQueues.open(options.ledger.database, options.log);
  return new Worker(options, queues);
}

class Worker implements AsyncDisposable {
  readonly #options: WorkerOptions;
  readonly #database: Database;
  readonly #queues: SiteQueues;
  readonly #wakeups: Wakeups;
  readonly #runs: RunsInHand;
  readonly #held: HeldComputers;
  readonly #presence = new Presence();
  readonly #stopped = new AbortController();
  readonly #beat: NodeJS.Timeout;
  readonly #loop: Promise<void>;
  #trouble = '';

  constructor(options: WorkerOptions, queues: SiteQueues) {
    const { ledger, compile, log } = options;
    this.#options = options;
    this.#database = ledger.database;
    this.#queues = queues;
    this.#wakeups = new Wakeups(ledger.database);
    this.#runs = new RunsInHand(ledger, compile, log);
    this.#held = new HeldComputers({
      ledger,
      queues,
      log,
      runs: this.#runs,
      engine: options.engine,
      onDone: () => {
        this.#wakeups.ring();
      },
    });
    this.#beat = setInterval(() => {
      void this.#guarded(() => this.#showLife());
    }, beatMs);
    this.#loop = this.#work();
  }

  get #sites(): readonly string[] {
    const { sites, engine } = this.#options;
    return sites ?? [...new Set(engine().fleet.computers.map(({ site }) => site))];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped.abort();
    await this.#loop;
    await this.#held.letGo(this.#options.graceMs ?? 30_000);
    clearInterval(this.#beat);
    await this.#guarded(() => this.#presence.leave(this.#database));
    await this.#wakeups[Symbol.asyncDispose]();
    await this.#queues[Symbol.asyncDispose]();
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopped;
    await this.#guarded(() => this.#showLife());
    while (!signal.aborted) {
      await this.#guarded(() => this.#turn());
      await this.#wakeups.next(pollMs, signal);
    }
  }

  async #turn(): Promise<void> {
    await this.#runs.follow(await readStopping(this.#database, this.#runs.ids));
    await this.#held.settle();
    const { engine, concurrency = engine().fleet.limits.concurrency } = this.#options;
    if (this.#held.count >= concurrency) return;
    for (const site of await sitesWithWork(this.#database, this.#sites)) {
      const free = concurrency - this.#held.count;
      if (free <= 0) return;
      const claimed = await this.#queues.fetch(site, free);
      await this.#held.begin(site, claimed);
      // There may be more than one fetch gives.
      if (claimed.length > 0) this.#wakeups.ring();
    }
  }

  async #showLife(): Promise<void> {
    await this.#held.touch();
    await this.#presence.show(this.#database, this.#sites);
  }

  /** The database may go away and come back: meanwhile nothing is begun, and it is said once. */
  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      if (this.#trouble !== '') this.#options.log.info('the database is back');
      this.#trouble = '';
    } catch (thrown) {
      const { message } = toSidebandError(thrown);
      if (message !== this.#trouble) this.#options.log.warn(`${this.#database.where}: ${message}`);
      this.#trouble = message;
    }
  }
}
