import * as vscode from 'vscode';
import type { Disposable } from '../base/disposables';
import { toSidebandError } from '../base/errors';
import type { Log } from '../base/log';
import type { Computer } from '../fleet/computer';
import type { Engine } from '../jobs/engine';
import { planOperation } from '../jobs/plan';
import type { ComputerResult } from '../jobs/result';
import { runPlan } from '../jobs/run';
import { powerStatus } from '../operations/power/status';

const tickMs = 1000;
const defaultRefreshMs = 30_000;
const concurrency = 64;
const timeoutMs = 15_000;
const longestBackOffMs = 10 * 60_000;

interface Schedule {
  dueAt: number;
  waitMs: number;
  isAsked: boolean;
}

/**
 * Keeps the power states of visible computers fresh, in the background. One that does not answer is asked less and less often;
 * one that refused the login is left alone until something changes, so that no account is locked.
 */
export class Refresher implements Disposable {
  readonly #engine: () => Engine;
  readonly #visible: () => readonly Computer[];
  readonly #log: Log;
  readonly #stop = new AbortController();
  #schedules = new WeakMap<Computer, Schedule>();
  #timer: NodeJS.Timeout | undefined;

  constructor(engine: () => Engine, visible: () => readonly Computer[], log: Log) {
    this.#engine = engine;
    this.#visible = visible;
    this.#log = log;
  }

  /** Looks at once, and then every second, who is due. */
  start(): void {
    if (this.#timer) return;
    this.#timer = setInterval(() => {
      this.#tick();
    }, tickMs);
    this.#tick();
  }

  pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Asks every visible computer now, also those that were given up. */
  refreshNow(): void {
    this.forget();
    this.#askDue(refreshMs() || defaultRefreshMs);
  }

  /** Makes every computer due, for when it is next looked. */
  forget(): void {
    this.#schedules = new WeakMap();
  }

  dispose(): void {
    this.pause();
    this.#stop.abort();
  }

  #tick(): void {
    const everyMs = refreshMs();
    if (everyMs > 0) this.#askDue(everyMs);
  }

  #askDue(everyMs: number): void {
    if (!vscode.workspace.isTrusted) return;
    const now = Date.now();
    const due: Computer[] = [];
    for (const computer of this.#visible()) {
      const schedule = this.#scheduleOf(computer, everyMs);
      if (schedule.isAsked || schedule.dueAt > now || computer.accesses.length === 0) continue;
      schedule.isAsked = true;
      due.push(computer);
    }
    if (due.length > 0) void this.#ask(due, everyMs);
  }

  async #ask(computers: readonly Computer[], everyMs: number): Promise<void> {
    const engine = this.#engine();
    const byName = new Map(computers.map((computer) => [computer.name, computer]));
    const frontend = { log: this.#log, confirm: () => Promise.resolve(false), progress: () => undefined };
    const onResult = (result: ComputerResult): void => {
      const computer = byName.get(result.computer);
      if (computer) settle(this.#scheduleOf(computer, everyMs), result, everyMs);
    };
    try {
      const plan = planOperation({ operation: powerStatus, computers, parameters: {}, targets: '' }, engine);
      await runPlan(plan, engine, frontend, { concurrency, timeoutMs, onResult }, this.#stop.signal);
    } catch (thrown) {
      this.#log.warn(`refresh: ${toSidebandError(thrown).message}`);
      for (const computer of computers) this.#scheduleOf(computer, everyMs).isAsked = false;
    }
  }

  #scheduleOf(computer: Computer, everyMs: number): Schedule {
    let schedule = this.#schedules.get(computer);
    if (!schedule) this.#schedules.set(computer, (schedule = { dueAt: 0, waitMs: everyMs, isAsked: false }));
    return schedule;
  }
}

/** Zero: nobody is asked without a user's word. */
function refreshMs(): number {
  return 1000 * vscode.workspace.getConfiguration('sideband').get('refreshSeconds', defaultRefreshMs / 1000);
}

function settle(schedule: Schedule, { ok, error }: ComputerResult, everyMs: number): void {
  schedule.isAsked = false;
  schedule.waitMs = ok ? everyMs : Math.min(2 * schedule.waitMs, longestBackOffMs);
  schedule.dueAt = error?.code.startsWith('auth.') === true ? Infinity : Date.now() + schedule.waitMs;
}
