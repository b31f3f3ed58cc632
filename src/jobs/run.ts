import { SidebandError, toSidebandError } from '../base/errors';
import type { Frontend } from '../base/frontend';
import type { Answer, Turn } from './attempt';
import { act } from './act';
import { type Engine, sweepLimits, type SweepLimits, timeLimitMs } from './engine';
import type { RunWriter } from './ledger';
import { assertAllowed, type Plan, type PlanEntry, policyRefusals } from './plan';
import type { ComputerResult } from './result';
import { sweep } from './sweep';

export interface RunOptions extends SweepLimits {
  /** The run that this one repeats in part. */
  readonly rerunOf?: string;
  /** Called as each computer ends. */
  readonly onResult?: (result: ComputerResult) => void;
}

export interface RunReport {
  /** Absent for a read, which is not recorded. */
  readonly runId?: string;
  readonly operation: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly cancelled: boolean;
  readonly results: readonly ComputerResult[];
}

/**
 * Does what a plan says. Throws before anything is done: `policy.refused`, `run.cancelled` when the question is answered with no,
 * `ledger.unavailable`. From then on every computer has its own outcome.
 */
export async function runPlan(
  plan: Plan,
  engine: Engine,
  frontend: Frontend,
  options: RunOptions,
  signal: AbortSignal,
): Promise<RunReport> {
  const { operation, parameters, entries } = plan;
  const computers = entries.map(({ computer }) => computer);
  assertAllowed(policyRefusals(operation, computers, engine));
  await confirm(plan, frontend, signal);

  const startedAt = new Date();
  const begun = performance.now();
  const writer = operation.kind === 'change' ? await beginRun(plan, engine, options) : undefined;
  const recording = new Recording(writer, frontend);
  const results = await sweep(
    entries,
    (entry, way, turn) => takeWay({ entry, way, turn, plan, engine, frontend, writer }),
    {
      ...sweepLimits(engine, { timeoutMs: timeLimitMs(operation, parameters), ...options }),
      asks: frontend.asks,
      onResult: (result) => {
        recording.close(result);
        options.onResult?.(result);
      },
      onProgress: (progress) => {
        frontend.progress(progress);
      },
    },
    signal,
  );
  await recording.end(signal.aborted);
  return {
    ...(writer && { runId: writer.id }),
    operation: operation.id,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - begun),
    cancelled: signal.aborted,
    results,
  };
}

async function confirm(plan: Plan, frontend: Frontend, signal: AbortSignal): Promise<void> {
  const { operation, parameters, entries } = plan;
  if (operation.danger === 'safe') return;
  const possible = entries.filter(({ ways }) => ways.length > 0).map(({ computer }) => computer.name);
  // None that would be changed: what is impossible for each is in the results.
  if (possible.length === 0) return;
  const left = entries.length - possible.length;
  const question = {
    title: operation.title,
    danger: operation.danger,
    computers: possible,
    warnings: [
      ...(operation.warnings?.(parameters) ?? []),
      ...(left > 0 ? [`${left} of ${entries.length} computers cannot: no technology of theirs offers it.`] : []),
    ],
  };
  if (!(await frontend.confirm(question, signal))) {
    throw new SidebandError('run.cancelled', `${operation.title} was not confirmed; nothing was done`);
  }
}

function beginRun(plan: Plan, { ledger, folder }: Engine, { rerunOf }: RunOptions): Promise<RunWriter> {
  const { operation, parameters, targets, hash, entries } = plan;
  return ledger.begin({
    subject: operation.id,
    title: operation.title,
    danger: operation.danger,
    parameters,
    targets,
    folder,
    planHash: hash,
    computers: entries.map(({ computer }) => computer.name),
    ...(rerunOf !== undefined && { rerunOf }),
  });
}

interface Step {
  readonly entry: PlanEntry;
  readonly way: PlanEntry['ways'][number];
  readonly turn: Turn;
  readonly plan: Plan;
  readonly engine: Engine;
  readonly frontend: Frontend;
  readonly writer: RunWriter | undefined;
}

function takeWay({ entry, way, turn, plan, engine, frontend, writer }: Step): Promise<Answer> {
  const { computer } = entry;
  const { operation, parameters } = plan;
  const { sessions, definitions } = engine;
  const request = { sessions, definitions, computer, log: frontend.log, ...turn };
  return act({
    operation,
    way,
    parameters,
    request,
    intend: async (technology, before) => {
      await writer?.intend({ computer: computer.name, technology, ...(before !== undefined && { before }) });
    },
  });
}

/** Closes the run's entries. What cannot be recorded any more is logged: the act itself has happened. */
class Recording {
  readonly #writer: RunWriter | undefined;
  readonly #frontend: Frontend;
  readonly #open = new Set<Promise<void>>();

  constructor(writer: RunWriter | undefined, frontend: Frontend) {
    this.#writer = writer;
    this.#frontend = frontend;
  }

  close(result: ComputerResult): void {
    const closed = this.#writer?.close(result).catch((thrown: unknown) => {
      this.#frontend.log.warn(`${result.computer}: its outcome was not recorded: ${toSidebandError(thrown).message}`);
    });
    if (!closed) return;
    this.#open.add(closed);
    void closed.then(() => this.#open.delete(closed));
  }

  async end(cancelled: boolean): Promise<void> {
    await Promise.all(this.#open);
    await this.#writer?.end(cancelled ? 'cancelled' : 'finished').catch((thrown: unknown) => {
      this.#frontend.log.warn(`the run’s end was not recorded: ${toSidebandError(thrown).message}`);
    });
  }
}
