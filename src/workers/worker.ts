import type { Log } from '../base/log';
import type { Engine } from '../jobs/engine';
import type { CompiledJob, JobSource } from '../jobs/program/program';
import type { Stops } from '../jobs/running/jobReport';
import type { Database } from './database';
import { unavailable } from './databaseErrors';
import { HeldComputers } from './heldComputers';
import type { PostgresLedger } from './postgresLedger';
import { readStopping } from './runControl';
import { RunsInHand } from './runInHand';
import { SiteQueues } from './siteQueues';
import { Wakeups } from './wakeups';
import { Presence, sitesWithWork } from './workersSeen';

/** While there is something to do; otherwise it is told of what comes, and looks by itself only so often as a look is cheap. */
const pollMs = 1_000;
const idleMs = 10_000;
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
  /** The first begins no other computer; the second, once the worker is disposed of, breaks off what is in flight. */
  readonly stops?: Stops;
}

export interface RunningWorker extends AsyncDisposable {
  /** How many computers it has at the moment. */
  readonly count: number;
}

/** Does the computers of its sites until it is disposed of: what is in flight comes to the end of its step, and others go on from there. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const queues = await SiteQueues.open(options.ledger.database, options.log);
  return new Worker(options, queues);
}

class Worker implements RunningWorker {
  readonly #options: WorkerOptions;
  readonly #database: Database;
  readonly #queues: SiteQueues;
  readonly #wakeups: Wakeups;
  readonly #runs: RunsInHand;
  readonly #held: HeldComputers;
  readonly #presence = new Presence();
  readonly #disposed = new AbortController();
  readonly #beat: NodeJS.Timeout;
  readonly #loop: Promise<void>;
  #isEnding = false;
  #isIdle = false;
  #trouble = '';

  constructor(options: WorkerOptions, queues: SiteQueues) {
    const { ledger, compile, log } = options;
    this.#options = options;
    this.#database = ledger.database;
    this.#queues = queues;
    // Those of a site share its places: what has ended anywhere may have made one free.
    this.#wakeups = new Wakeups(ledger.database, (news) => news === 'work' || !this.#isIdle);
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

  get count(): number {
    return this.#held.count;
  }

  get #begins(): boolean {
    return !this.#isEnding && this.#options.stops?.windDown.aborted !== true;
  }

  get #sites(): readonly string[] {
    const { sites, engine } = this.#options;
    return sites ?? [...new Set(engine().fleet.computers.map(({ site }) => site))];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { signal } = this.#disposed;
    const look = this.#wakeups.ring.bind(this.#wakeups);
    this.#isEnding = true;
    look();
    this.#options.stops?.stop.addEventListener('abort', look, { signal });
    await this.#loop;
    clearInterval(this.#beat);
    await this.#guarded(() => this.#held.settle());
    await this.#guarded(() => this.#presence.leave(this.#database));
    await this.#wakeups[Symbol.asyncDispose]();
    await this.#queues[Symbol.asyncDispose]();
    this.#disposed.abort();
  }

  async #work(): Promise<void> {
    const { signal } = this.#disposed;
    await this.#guarded(() => this.#showLife());
    while (!this.#isEnding || this.#held.count > 0) {
      await this.#guarded(() => this.#turn());
      await this.#wakeups.next(this.#isIdle && this.#wakeups.areHeard ? idleMs : pollMs, signal);
    }
  }

  async #turn(): Promise<void> {
    // First, for it is done also without the database.
    if (this.#isEnding) this.#held.letGo({ breakOff: this.#options.stops?.stop.aborted === true });
    const { ids } = this.#runs;
    if (ids.length > 0) await this.#runs.follow(await readStopping(this.#database, ids));
    await this.#held.settle();
    if (this.#begins) await this.#fetch();
  }

  async #fetch(): Promise<void> {
    const { engine, concurrency = engine().fleet.limits.concurrency } = this.#options;
    if (this.#held.count >= concurrency) return;
    const sites = await sitesWithWork(this.#database, this.#sites);
    this.#isIdle = sites.length === 0 && this.#runs.ids.length === 0;
    for (const site of sites) {
      const free = concurrency - this.#held.count;
      if (free <= 0 || !this.#begins) return;
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
      const { message } = unavailable(this.#database.where, thrown);
      if (message !== this.#trouble) this.#options.log.warn(message);
      this.#trouble = message;
    }
  }
}
