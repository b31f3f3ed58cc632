import { hostname } from 'node:os';
import { reportError, SidebandError, toSidebandError } from '../base/errors';
import type { Log } from '../base/log';
import type { Computer } from '../fleet/computer';
import { type Engine, sweepLimits } from '../jobs/engine';
import type { RecordedStep } from '../jobs/ledger';
import type { ComputerResult } from '../jobs/result';
import { runComputer } from '../jobs/running/runComputer';
import type { AttemptWriter } from './attemptWriter';
import type { RunInHand } from './runInHand';

export interface Attempt {
  readonly name: string;
  readonly records: readonly RecordedStep[];
  readonly writer: AttemptWriter;
  readonly run: () => Promise<RunInHand>;
  /** Ends when another worker has got the computer, or this one must let everything go at once. */
  readonly lost: AbortSignal;
}

/** Does on this machine what is left to be done to one computer. Never rejects; `writer` knows whether it came to an outcome. */
export async function attempt({ name, records, writer, run, lost }: Attempt, engine: Engine, log: Log): Promise<void> {
  const startedAt = performance.now();
  try {
    const inHand = await run();
    const computer = assertMine(name, inHand, engine);
    await runComputer(
      { computer, records },
      {
        program: inHand.compiled.program,
        inputs: inHand.compiled.source.inputs,
        engine,
        frontend: { log },
        writer,
        guard: inHand.guard,
        technology: inHand.limits.technology,
        timeoutMs: sweepLimits(engine, inHand.limits).timeoutMs,
        stops: inHand.stopsUntil(lost),
      },
    );
  } catch (thrown) {
    const error = toSidebandError(thrown);
    log.warn(`${name}: ${error.message}`);
    if (error.code.startsWith('ledger.')) return;
    const durationMs = Math.round(performance.now() - startedAt);
    await writer.close(refusal(name, { records, error, durationMs })).catch((failed: unknown) => {
      log.warn(`${name}: its outcome was not recorded: ${toSidebandError(failed).message}`);
    });
  }
}

/** The computer as this worker's own folder has it. Throws why it is not to be touched from here. */
function assertMine(name: string, run: RunInHand, engine: Engine): Computer {
  const { fleet, folder } = engine;
  const computer = fleet.byName.get(name);
  if (!computer) {
    throw new SidebandError(
      'operation.impossible',
      `${name}: the worker on ${hostname()} has no such computer in ${folder}`,
      {
        hint: 'Let the workers of a site have the same fleet.yaml as those who run jobs.',
      },
    );
  }
  const why = run.policy.against(computer, engine);
  if (why !== undefined) {
    throw new SidebandError('policy.refused', `${name}: the policy of the worker on ${hostname()} forbids ${why}`);
  }
  return computer;
}

/** What was begun elsewhere and cannot be gone on with here may have happened. */
function refusal(
  computer: string,
  { records, error, durationMs }: { records: readonly RecordedStep[]; error: SidebandError; durationMs: number },
): ComputerResult {
  const outcome = records.some((one) => one.outcome === 'running') ? 'unknown' : 'skipped';
  return { computer, ok: false, outcome, durationMs, error: reportError(error) };
}
