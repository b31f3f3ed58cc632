import { reportError, SidebandError } from '../base/errors';
import type { Log } from '../base/log';
import type { ComputerResult } from '../jobs/result';
import type { ComputerStops, ComputerTask } from '../jobs/running/computerTask';
import { untriedResult } from '../jobs/running/stepResults';
import { haltedBecause, stopMode } from '../jobs/running/stopMode';
import type { Database } from './database';
import { unavailable } from './databaseErrors';
import type { Dispatcher } from './dispatcher';
import { Outcomes } from './outcomes';
import { assertOwner, setStopping } from './runControl';
import type { PostgresRunWriter } from './runWriter';
import { SiteWatch } from './siteWatch';
import { Wakeups } from './wakeups';

const pollMs = 1_000;
const repairMs = 15_000;
/** How long workers have to break off, in milliseconds; then their computers are closed without them, or given up without the database. */
const breakOffMs = 20_000;

interface Pending {
  readonly site: string;
  readonly done: PromiseWithResolvers<ComputerResult>;
}

export interface ElsewhereOptions {
  readonly database: Database;
  readonly writer: PostgresRunWriter;
  readonly dispatcher: Dispatcher;
  readonly log: Log;
}

/** Has computers of a run done by the workers of their sites. */
export class Elsewhere implements AsyncDisposable {
  readonly #options: ElsewhereOptions;
  readonly #outcomes: Outcomes;
  readonly #watch: SiteWatch;
  readonly #wakeups: Wakeups;
  readonly #disposed = new AbortController();
  readonly #loop: Promise<void>;
  readonly #pending = new Map<string, Pending>();
  readonly #unsent = new Set<string>();
  #stops: ComputerStops | undefined;
  #told: ReturnType<typeof stopMode> = 'none';
  #stoppedAt = Infinity;
  #repairedAt = performance.now();
  #trouble = '';

  constructor(options: ElsewhereOptions) {
    const { database, writer, log } = options;
    this.#options = options;
    this.#outcomes = new Outcomes(database, writer.id);
    this.#watch = new SiteWatch(database, log);
    this.#wakeups = new Wakeups(database, (news) => news === writer.id);
    this.#loop = this.#follow();
  }

  /** Resolves with the computer's outcome, which is recorded by then. Never rejects: without the database nobody knows the outcome. */
  take({ computer: { name, site } }: ComputerTask, stops: ComputerStops): Promise<ComputerResult> {
    const pending = { site, done: Promise.withResolvers<ComputerResult>() };
    this.#pending.set(name, pending);
    this.#unsent.add(name);
    if (!this.#stops) {
      this.#stops = stops;
      const ring = this.#wakeups.ring.bind(this.#wakeups);
      const { signal } = this.#disposed;
      for (const one of [stops.windDown, stops.stop, stops.halt]) one?.addEventListener('abort', ring, { signal });
    }
    this.#wakeups.ring();
    return pending.done.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed.abort();
    await this.#loop;
    await this.#wakeups[Symbol.asyncDispose]();
  }

  get #stopMode(): ReturnType<typeof stopMode> {
    return this.#stops ? stopMode(this.#stops) : 'none';
  }

  async #follow(): Promise<void> {
    const { database, log } = this.#options;
    const { signal } = this.#disposed;
    while (!signal.aborted) {
      if (this.#stopMode === 'stop') this.#stoppedAt = Math.min(this.#stoppedAt, performance.now());
      try {
        await this.#turn();
        this.#trouble = '';
      } catch (thrown) {
        const error = unavailable(database.where, thrown);
        this.#watch.postpone();
        if (error.details.takenOver === true || performance.now() > this.#stoppedAt + breakOffMs) {
          this.#giveUp(error);
        } else if (error.message !== this.#trouble) {
          log.warn(error.message);
          this.#trouble = error.message;
        }
      }
      await this.#wakeups.next(pollMs, signal);
    }
  }

  /** One look at everything. */
  async #turn(): Promise<void> {
    await assertOwner(this.#options.database, this.#options.writer);
    await this.#resolveEnded();
    await this.#tellStop();
    await this.#send();
    const sites = new Set([...this.#pending.values()].map(({ site }) => site));
    await this.#watch.look([...sites]);
    if (performance.now() - this.#repairedAt < repairMs) return;
    await this.#options.dispatcher.repair();
    this.#repairedAt = performance.now();
  }

  async #resolveEnded(): Promise<void> {
    for (const result of await this.#outcomes.next()) {
      this.#pending.get(result.computer)?.done.resolve(result);
      this.#pending.delete(result.computer);
      this.#unsent.delete(result.computer);
    }
  }

  /** Workers read from the database how to end what is under way; what is not is closed here. */
  async #tellStop(): Promise<void> {
    const { database, writer, dispatcher } = this.#options;
    const stops = this.#stops;
    const mode = this.#stopMode;
    if (performance.now() > this.#stoppedAt + breakOffMs) await dispatcher.abandon([...this.#pending.keys()]);
    // Those that come after the stop was told are not begun either.
    if (!stops || mode === 'none' || (mode === this.#told && this.#unsent.size === 0)) return;
    const because = haltedBecause(stops);
    const notBegun = await database.transaction((transaction) => setStopping(transaction, writer, { mode, because }));
    const untried = { as: mode === 'halt' ? 'halted' : 'cancelled' } as const;
    const mine = notBegun.filter((name) => this.#pending.has(name));
    await Promise.all(mine.map((name) => writer.close(untriedResult(name, untried, because))));
    this.#told = mode;
    await this.#resolveEnded();
  }

  async #send(): Promise<void> {
    const bySite = Map.groupBy(this.#unsent, (name) => this.#pending.get(name)?.site ?? '');
    for (const [site, names] of bySite) {
      // Workers would not begin what was taken while a stop was told: the next look closes it.
      if (this.#stopMode !== 'none') return;
      await this.#options.dispatcher.send(site, names);
      for (const name of names) this.#unsent.delete(name);
    }
  }

  #giveUp({ message }: SidebandError): void {
    const hint = 'Workers may go on with what they were given: `sideband runs` shows it, and the run can be resumed.';
    const error = reportError(new SidebandError('ledger.unavailable', message, { hint }));
    for (const [computer, { done }] of this.#pending) {
      done.resolve({ computer, ok: false, outcome: 'unknown', durationMs: 0, error });
    }
    this.#pending.clear();
    this.#unsent.clear();
  }
}
