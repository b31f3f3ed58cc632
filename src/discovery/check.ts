import { startDeadline } from '../base/deadline';
import { reportError, toSidebandError } from '../base/errors';
import { runPool } from '../base/pool';
import type { Computer } from '../fleet/computer';
import { technologies } from '../technologies';
import type { Sessions } from '../technologies/sessions';
import type { Diagnosis, Technology } from '../technologies/technology';

/** Which technologies of a computer answer, and if not, which cause applies. */
export interface CheckResult {
  readonly computer: string;
  /** Whether every technology of the profile answers. */
  readonly ok: boolean;
  readonly durationMs: number;
  readonly technologies: readonly Diagnosis[];
}

export interface CheckOptions {
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** Only this technology. */
  readonly technology?: string | undefined;
  readonly onResult?: (result: CheckResult) => void;
}

/** Checks computers side by side, and each one's technologies side by side. Never rejects for what a device does. */
export async function checkComputers(
  computers: readonly Computer[],
  sessions: Sessions,
  options: CheckOptions,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const results = new Map<Computer, CheckResult>();
  await runPool(computers, options, async (computer) => {
    const begun = performance.now();
    const asked = technologies.filter(
      ({ name }) => computer.access(name) && (options.technology === undefined || options.technology === name),
    );
    const diagnoses = await Promise.all(
      asked.map((technology) => check(technology, computer, sessions, options, signal)),
    );
    const result = {
      computer: computer.name,
      ok: diagnoses.length > 0 && diagnoses.every(({ ok }) => ok),
      durationMs: Math.round(performance.now() - begun),
      technologies: diagnoses,
    };
    results.set(computer, result);
    options.onResult?.(result);
  });
  return computers.flatMap((computer) => results.get(computer) ?? []);
}

async function check(
  technology: Technology,
  computer: Computer,
  sessions: Sessions,
  { timeoutMs }: CheckOptions,
  signal: AbortSignal,
): Promise<Diagnosis> {
  using deadline = startDeadline(signal, timeoutMs);
  try {
    return await sessions.check(technology, computer, deadline.signal);
  } catch (thrown) {
    return { technology: technology.name, ok: false, stages: [], cause: reportError(toSidebandError(thrown)) };
  }
}
