import { SidebandError } from '../base/errors';
import type { Log } from '../base/log';
import { LoginGuard } from '../jobs/loginGuard';
import type { CompiledJob, JobSource } from '../jobs/program/program';
import type { ComputerStops } from '../jobs/running/computerTask';
import { assertSameSteps } from '../jobs/running/resumeJob';
import type { PostgresLedger } from './postgresLedger';
import { readRun, type RunLimits, type Stopping } from './runControl';
import { RunPolicy } from './runPolicy';

const words: Readonly<Record<Stopping['mode'], string>> = {
  windDown: 'cancelled; what is in flight is finished',
  halt: 'stopped early; what is in flight is finished',
  stop: 'stopped; what is in flight is broken off',
};

/** A run of which this worker has computers: what they share. */
export class RunInHand {
  readonly compiled: CompiledJob;
  readonly limits: RunLimits;
  readonly policy: RunPolicy;
  readonly guard = new LoginGuard();
  readonly #controllers: Readonly<Record<Stopping['mode'], AbortController>> = {
    windDown: new AbortController(),
    halt: new AbortController(),
    stop: new AbortController(),
  };

  constructor(compiled: CompiledJob, limits: RunLimits, computers: readonly string[]) {
    this.compiled = compiled;
    this.limits = limits;
    this.policy = new RunPolicy(compiled, computers, limits.technology);
  }

  stopsUntil(lost: AbortSignal): ComputerStops {
    const { windDown, halt, stop } = this.#controllers;
    return { windDown: windDown.signal, halt: halt.signal, stop: AbortSignal.any([stop.signal, lost]) };
  }

  /** Whether that was news. */
  end({ mode, because }: Stopping): boolean {
    if (this.#controllers[mode].signal.aborted) return false;
    const code = mode === 'halt' ? 'run.halted' : 'run.cancelled';
    this.#controllers[mode].abort(new SidebandError(code, because));
    return true;
  }
}

/** Runs are read once, however many of their computers a worker gets. */
export class RunsInHand {
  readonly #ledger: PostgresLedger;
  readonly #compile: (source: JobSource) => CompiledJob;
  readonly #log: Log;
  readonly #runs = new Map<string, Promise<RunInHand>>();

  constructor(ledger: PostgresLedger, compile: (source: JobSource) => CompiledJob, log: Log) {
    this.#ledger = ledger;
    this.#compile = compile;
    this.#log = log;
  }

  get ids(): readonly string[] {
    return [...this.#runs.keys()];
  }

  /**
   * Rejects with `file.invalid` when the job's files mean nothing to this version, with `plan.changed` when they mean something else, and
   * with `ledger.unavailable`.
   */
  get(id: string): Promise<RunInHand> {
    let run = this.#runs.get(id);
    if (!run) {
      run = this.#open(id);
      this.#runs.set(id, run);
      run.catch(() => this.#runs.delete(id));
    }
    return run;
  }

  /** What the database says of the runs; those that have ended are forgotten. */
  async follow(stopping: ReadonlyMap<string, Stopping | undefined>): Promise<void> {
    for (const [id, opened] of this.#runs) {
      const run = await opened.catch(() => undefined);
      const how = stopping.get(id);
      if (how !== undefined && run?.end(how)) this.#log.info(`run ${id}: ${words[how.mode]}`);
      if (!stopping.has(id)) {
        // Its computers are the coordinator's again.
        run?.end({ mode: 'stop', because: '' });
        this.#runs.delete(id);
      }
    }
  }

  async #open(id: string): Promise<RunInHand> {
    const found = await this.#ledger.database.patiently((database) => readRun(database, id));
    if (!found) throw new SidebandError('run.ended', `the run ${id} is not in the ledger any more`);
    const { job, limits, computers } = found;
    const compiled = this.#compile(job.source);
    assertSameSteps({ id, job }, compiled);
    return new RunInHand(compiled, limits, computers);
  }
}
