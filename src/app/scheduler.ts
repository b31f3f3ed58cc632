import { toSidebandError } from '../base/errors';
import { sleep } from '../base/sleep';
import { dueBetween, lastDue, nextDue, zoneOf } from '../jobs/schedule/cron';
import type { ScheduleStore } from '../jobs/schedule/scheduleStore';
import { isOpen, nextOpening } from '../jobs/schedule/windows';
import { countedAtMost, type ScheduledJob, type ScheduleNotice } from './scheduleNotice';

/** Where the time comes from; tests bring their own. */
export interface Clock {
  now(): Date;
  /** Rejects when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export interface SchedulerOptions<T extends ScheduledJob> {
  readonly folder: string;
  readonly schedules: ScheduleStore;
  /** Does what is due. What it rejects with is told. */
  readonly run: (job: T, dueAt: Date) => Promise<void>;
  readonly tell: (notice: ScheduleNotice) => void;
  readonly clock?: Clock;
}

/** Clocks are put and computers sleep, and setTimeout counts to 24 days: so often the clock is looked at, in milliseconds. */
const lookEveryMs = 60_000;
const retryMs = 10_000;
/** What is due so short a time ago, in milliseconds, is on time. Less than a minute, so that it is one time at most. */
const onTimeMs = 50_000;

interface Watched<T> {
  readonly job: T;
  /** Whose times are looked after: another schedule in the same file begins anew. */
  readonly key: string;
  /** Up to which time that has been done. */
  until?: Date | undefined;
  isTroubled: boolean;
}

/** Runs the jobs of a folder when they are due, each time once over all processes that share the ledger. */
export class Scheduler<T extends ScheduledJob> implements AsyncDisposable {
  readonly #options: SchedulerOptions<T>;
  readonly #clock: Clock;
  readonly #running = new Map<string, Promise<void>>();
  readonly #loop: Promise<void>;
  #watched: readonly Watched<T>[] = [];
  #wake = new AbortController();
  #isEnded = false;

  constructor(options: SchedulerOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? { now: () => new Date(), wait: sleep };
    this.#loop = this.#go();
  }

  /** Looks after these jobs from now on. Runs under way go on. */
  reload(jobs: readonly T[]): void {
    const known = new Map(this.#watched.map((watched) => [watched.key, watched]));
    this.#watched = jobs.map((job) => {
      const key = `${job.file} (${job.schedule.cron}, ${zoneOf(job.schedule)})`;
      const until = known.get(key)?.until;
      return { job, key, ...(until && { until }), isTroubled: false };
    });
    this.#wake.abort();
  }

  /** How many runs are under way. */
  get running(): number {
    return this.#running.size;
  }

  /** When each job is due next, the soonest first. */
  upcoming(): readonly { readonly job: T; readonly at: Date }[] {
    const now = this.#clock.now();
    return this.#watched
      .flatMap(({ job }) => {
        const at = nextDue(job.schedule, now);
        return at ? [{ job, at }] : [];
      })
      .sort((a, b) => a.at.getTime() - b.at.getTime());
  }

  /** Begins nothing else, and waits for the runs under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isEnded = true;
    this.#wake.abort();
    await this.#loop;
    await Promise.all(this.#running.values());
  }

  async #go(): Promise<void> {
    while (!this.#isEnded) {
      this.#wake = new AbortController();
      const { signal } = this.#wake;
      await Promise.all(this.#watched.map((watched) => this.#lookAt(watched)));
      // An early end of the wait is no failure: something is to be looked at.
      await this.#clock.wait(this.#untilNextLook(), signal).catch(() => undefined);
    }
  }

  #untilNextLook(): number {
    if (this.#watched.some(({ isTroubled }) => isTroubled)) return retryMs;
    const next = this.upcoming()[0]?.at.getTime() ?? Infinity;
    return Math.max(1, Math.min(next - this.#clock.now().getTime(), lookEveryMs));
  }

  async #lookAt(watched: Watched<T>): Promise<void> {
    try {
      await this.#lookAfter(watched);
      watched.isTroubled = false;
    } catch (thrown) {
      // The time stays where it was, so that what is due is tried again.
      if (!watched.isTroubled) this.#tell({ kind: 'unavailable', job: watched.job, error: toSidebandError(thrown) });
      watched.isTroubled = true;
    }
  }

  async #lookAfter(watched: Watched<T>): Promise<void> {
    const { job, key } = watched;
    const { folder, schedules } = this.#options;
    const now = this.#clock.now();
    watched.until ??= await schedules.lookedAfter(folder, key);
    if (!watched.until) return this.#close(watched, now);
    // A clock that was put back: what was done since is claimed, so nothing is done twice.
    if (watched.until > now) watched.until = now;
    const dueAt = lastDue(job.schedule, new Date(now.getTime() + 1));
    if (!dueAt || dueAt <= watched.until) return;
    if (now.getTime() - dueAt.getTime() < onTimeMs) {
      this.#tellMissed(watched, { from: watched.until, to: new Date(dueAt.getTime() - 1) });
      return this.#claim(watched, dueAt);
    }
    const others = await schedules.lookedAfter(folder, key);
    if (others && others > watched.until) watched.until = others;
    if (dueAt > watched.until) await this.#makeUp(watched, { dueAt, now });
  }

  /** After times at which nobody was there. */
  async #makeUp(watched: Watched<T>, { dueAt, now }: { readonly dueAt: Date; readonly now: Date }): Promise<void> {
    const { job, until = now } = watched;
    this.#tellMissed(watched, { from: until, to: dueAt });
    if (job.schedule.missed === 'skip') return this.#close(watched, now);
    if (isOpen(job.windows, now)) return this.#claim(watched, dueAt);
    const opensAt = nextOpening(job.windows, now);
    this.#tell({ kind: 'closed', job, dueAt, ...(opensAt && { opensAt }) });
    return this.#close(watched, now);
  }

  #tellMissed({ job }: Watched<T>, { from, to }: { readonly from: Date; readonly to: Date }): void {
    const missed = dueBetween(job.schedule, { from, to, limit: countedAtMost });
    const dueAt = lastDue(job.schedule, new Date(to.getTime() + 1));
    if (missed.length > 0 && dueAt) this.#tell({ kind: 'missed', job, dueAt, count: missed.length });
  }

  async #claim(watched: Watched<T>, dueAt: Date): Promise<void> {
    const { job } = watched;
    const { folder, schedules } = this.#options;
    const claim = await schedules.claim({ folder, job: job.file, at: dueAt });
    if (claim === 'overlaps' || (claim === 'claimed' && this.#running.has(job.file))) {
      this.#tell({ kind: 'overlaps', job, dueAt });
    } else if (claim === 'claimed') {
      this.#begin(job, dueAt);
    }
    await this.#close(watched, dueAt);
  }

  #begin(job: T, dueAt: Date): void {
    const run = this.#run(job, dueAt).finally(() => this.#running.delete(job.file));
    this.#running.set(job.file, run);
  }

  async #run(job: T, dueAt: Date): Promise<void> {
    try {
      await this.#options.run(job, dueAt);
    } catch (thrown) {
      this.#tell({ kind: 'failed', job, dueAt, error: toSidebandError(thrown) });
    }
  }

  /** Nothing up to this time is to be done any more. */
  async #close(watched: Watched<T>, until: Date): Promise<void> {
    watched.until = until;
    await this.#options.schedules.lookAfter(this.#options.folder, watched.key, until);
  }

  #tell(notice: ScheduleNotice): void {
    this.#options.tell(notice);
  }
}
