import * as vscode from 'vscode';
import type { Disposable } from '../base/disposables';
import { toSidebandError } from '../base/errors';
import type { Log } from '../base/log';
import type { Computer } from '../fleet/computer';
import type { Engine } from '../jobs/engine';
import { planOperation } from '../jobs/plan';
import { runPlan } from '../jobs/run';
import { powerStatus } from '../operations/power/status';

const tickMs = 1000;
const concurrency = 64;
const timeoutMs = 15_000;
const longestBackOffMs = 10 * 60_000;

interface Schedule {
  dueAt: number;
  waitMs: number;
  isAsked: boolean;
}

/** Keeps the power states of visible computers fresh, in the background. One that does not answer is asked less and less often. */
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
    this.#timer ??= setInterval(() => {
      this.#tick();
    }, tickMs);
    this.#tick();
  }

  pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Makes every visible computer due. */
  refreshNow(): void {
    this.#schedules = new WeakMap();
    this.#tick();
  }

  dispose(): void {
    this.pause();
    this.#stop.abort();
  }

  #tick(): void {
    const everyMs = 1000 * vscode.workspace.getConfiguration('sideband').get('refreshSeconds', 30);
    if (everyMs <= 0 || !vscode.workspace.isTrusted) return;
    const now = Date.now();
    const due = this.#visible().filter((computer) => {
      const schedule = this.#scheduleOf(computer, everyMs);
      return !schedule.isAsked && schedule.dueAt <= now && computer.accesses.length > 0;
    });
    if (due.length > 0) void this.#ask(due, everyMs);
  }

  async #ask(computers: readonly Computer[], everyMs: number): Promise<void> {
    for (const computer of computers) this.#scheduleOf(computer, everyMs).isAsked = true;
    const engine = this.#engine();
    const byName = new Map(computers.map((computer) => [computer.name, computer]));
    const plan = planOperation({ operation: powerStatus, computers, parameters: {}, targets: '' }, engine);
    const frontend = { log: this.#log, confirm: () => Promise.resolve(false), progress: () => undefined };
    const onResult = ({ computer: name, ok }: { readonly computer: string; readonly ok: boolean }): void => {
      const computer = byName.get(name);
      if (!computer) return;
      const schedule = this.#scheduleOf(computer, everyMs);
      schedule.waitMs = ok ? everyMs : Math.min(2 * schedule.waitMs, longestBackOffMs);
      schedule.dueAt = Date.now() + schedule.waitMs;
      schedule.isAsked = false;
    };
    try {
      await runPlan(plan, engine, frontend, { concurrency, timeoutMs, onResult }, this.#stop.signal);
    } catch (thrown) {
      this.#log.warn(`refresh: ${toSidebandError(thrown).message}`);
    }
  }

  #scheduleOf(computer: Computer, everyMs: number): Schedule {
    let schedule = this.#schedules.get(computer);
    if (!schedule) this.#schedules.set(computer, (schedule = { dueAt: 0, waitMs: everyMs, isAsked: false }));
    return schedule;
  }
}
