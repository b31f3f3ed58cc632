import { SidebandError } from '../../base/errors';
import type { Frontend } from '../../base/frontend';
import { runPool, type Slot } from '../../base/pool';
import { longestTimerMs, sleep } from '../../base/sleep';
import type { Strategy } from '../file/job';
import { allowedFailures, isFailure } from '../machine/failures';
import { beginsAfterMs } from '../machine/spread';
import type { Refusal } from '../policy';
import type { ComputerResult } from '../result';
import { whileWaiting } from '../whileWaiting';
import type { ComputerStops, ComputerTask, RunSetting } from './computerTask';
import type { Stops } from './jobReport';
import { closeComputer, takeThrough } from './runComputer';
import { untriedResult } from './stepResults';
import { haltedBecause, signalsAgainst, stopMode } from './stopMode';

/** A computer of a run: one to take through it, or one that has ended. */
export type Entry = ComputerTask | { readonly ended: ComputerResult };

export interface JobRunOptions {
  readonly strategy: Pick<Strategy, 'failFast' | 'pauseMs' | 'spreadMs'>;
  readonly concurrency: number;
  readonly perSite: number;
  /** How many computers each wave has. */
  readonly waves: readonly number[];
  /** In the run’s order. */
  readonly entries: readonly Entry[];
  /** How long ago the run began, in milliseconds; more than nothing after a resume. */
  readonly ageMs: number;
  /** What windows and policy say at this moment against a wave. */
  readonly refusals: (wave: readonly ComputerTask[]) => readonly Refusal[];
  readonly onResult: ((result: ComputerResult) => void) | undefined;
  readonly take: TakeElsewhere | undefined;
}

/** Takes a computer to its end outside this process, also after a stop; never rejects. Its outcome is recorded by then. */
export type TakeElsewhere = (task: ComputerTask, stops: ComputerStops) => Promise<ComputerResult>;

export interface JobRunResult {
  readonly results: readonly ComputerResult[];
  /** Whether the outcome of every computer is in the ledger. */
  readonly isRecorded: boolean;
  readonly halted?: string;
}

export interface JobRunShared extends Omit<RunSetting, 'stops' | 'frontend'> {
  readonly frontend: Pick<Frontend, 'log' | 'asks' | 'progress'>;
}

interface Item {
  /** In the run, from 0. */
  readonly position: number;
  readonly task: ComputerTask;
}

/** All computers of a run on their ways: in waves, within the limits, until too many of them fail. */
export class JobRun {
  readonly #options: JobRunOptions;
  readonly #frontend: JobRunShared['frontend'];
  readonly #setting: RunSetting;
  readonly #halt = new AbortController();
  /** Ends with any reason to begin nothing else. */
  readonly #against: AbortSignal;
  readonly #results: ComputerResult[] = [];
  readonly #startedAt: number;
  #ended = 0;
  #failures = 0;
  #unsuccessful = 0;
  #isRecorded = true;

  constructor(options: JobRunOptions, shared: JobRunShared, stops: Stops) {
    this.#options = options;
    this.#frontend = shared.frontend;
    this.#setting = { ...shared, stops: { ...stops, halt: this.#halt.signal } };
    this.#against = signalsAgainst(this.#setting.stops, 'steps');
    this.#startedAt = performance.now() - options.ageMs;
  }

  async run(): Promise<JobRunResult> {
    const { entries, waves } = this.#options;
    for (const [position, entry] of entries.entries()) {
      if (!('ended' in entry)) continue;
      this.#keep(position, entry.ended);
      this.#count(entry.ended);
    }
    let from = 0;
    for (const [number, size] of waves.entries()) {
      await this.#wave(number, from, from + size);
      from += size;
    }
    const wasHalted = this.#results.some(({ error }) => error?.code === 'run.halted');
    const isRecorded = this.#isRecorded;
    return { results: this.#results, isRecorded, ...(wasHalted && { halted: haltedBecause(this.#setting.stops) }) };
  }

  async #wave(number: number, from: number, to: number): Promise<void> {
    const { entries, strategy, waves, concurrency, perSite } = this.#options;
    const wave = entries.slice(from, to);
    const open = wave.flatMap((entry, index): readonly Item[] => {
      return 'ended' in entry ? [] : [{ position: from + index, task: entry }];
    });
    if (open.length > 0) {
      if (number > 0 && !wave.some(hasBegun)) await this.#pause(strategy.pauseMs);
      this.#checkTime(open);
      const limits = {
        concurrency,
        whileWaiting,
        perKey: { limit: perSite, key: ({ task }: Item) => task.computer.site },
        ...(strategy.spreadMs > 0 && { untilDue: (item: Item) => this.#untilDue(item) }),
      };
      await runPool(open, limits, (item, slot) => this.#take(item, slot));
    }
    if (strategy.failFast || number + 1 === waves.length) return;
    const failed = this.#results.slice(from, to).filter(({ outcome }) => isFailure(outcome)).length;
    if (failed > 0) this.#haltRun(`${failed} of ${to - from} computers of wave ${number + 1} failed`);
  }

  async #take({ position, task }: Item, slot: Slot): Promise<void> {
    const { take } = this.#options;
    const result = take ? await take(task, this.#setting.stops) : await this.#takeHere({ ...task, place: slot });
    // Before it is recorded: nobody begins after a failure too many is to be read.
    this.#keep(position, result);
    if (!take && !(await closeComputer(result, this.#setting))) this.#isRecorded = false;
    this.#count(result);
    this.#options.onResult?.(result);
    const { entries } = this.#options;
    this.#frontend.progress({ done: this.#ended, failed: this.#unsuccessful, total: entries.length });
  }

  #takeHere(task: ComputerTask): ComputerResult | Promise<ComputerResult> {
    const { stops } = this.#setting;
    const stop = stopMode(stops);
    if (stop === 'none' || task.records.length > 0) return takeThrough(task, this.#setting);
    return untriedResult(task.computer.name, { as: stop === 'halt' ? 'halted' : 'cancelled' }, haltedBecause(stops));
  }

  #keep(position: number, result: ComputerResult): void {
    this.#results[position] = result;
    if (isFailure(result.outcome)) this.#failures++;
    const total = this.#options.entries.length;
    const allowed = allowedFailures(this.#options.strategy, total);
    if (this.#failures > allowed) {
      this.#haltRun(`${this.#failures} of ${total} computers failed, and failFast allows ${allowed}`);
    }
    if (result.error?.code === 'ledger.unavailable') this.#haltRun('the ledger cannot be written');
  }

  #count({ ok }: ComputerResult): void {
    this.#ended++;
    if (!ok) this.#unsuccessful++;
  }

  /** Before a wave of which nobody has begun, also not in a process that died. */
  async #pause(pauseMs: number): Promise<void> {
    if (pauseMs > 0 && !this.#against.aborted) await this.#wait(pauseMs);
  }

  #checkTime(wave: readonly Item[]): void {
    if (this.#against.aborted) return;
    const refusals = this.#options.refusals(wave.map(({ task }) => task));
    if (refusals.length > 0) this.#haltRun(refusals.map(({ rule, message }) => `${rule}: ${message}`).join('; '));
  }

  #untilDue({ position, task }: Item): Promise<void> | undefined {
    const { entries, strategy } = this.#options;
    if (this.#against.aborted || task.records.length > 0) return undefined;
    const dueMs = beginsAfterMs(position, entries.length, strategy.spreadMs);
    const waitMs = dueMs - (performance.now() - this.#startedAt);
    return waitMs > 0 ? this.#wait(waitMs) : undefined;
  }

  /** Sooner over when nothing is to begin any more. */
  async #wait(ms: number): Promise<void> {
    await sleep(Math.min(ms, longestTimerMs), this.#against).catch(() => undefined);
  }

  #haltRun(why: string): void {
    this.#halt.abort(new SidebandError('run.halted', why));
  }
}

/** As far as its record tells: one that was cancelled may have, or not. */
function hasBegun(entry: Entry): boolean {
  if (!('ended' in entry)) return entry.records.length > 0;
  const { outcome, error } = entry.ended;
  return outcome !== 'cancelled' && error?.code !== 'run.halted';
}
