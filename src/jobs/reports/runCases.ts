import { type ErrorReport, reportError, SidebandError } from '../../base/errors';
import type { RecordedOutcome, RecordedResult, RecordedStep, RunRecord, StepHeader } from '../ledger';
import type { RunDocument } from './runDocument';

/** What became of one step of a job on one computer, or of a computer where the run is of one operation. */
export interface RunCase extends Omit<RecordedResult, 'ok'> {
  readonly outcome: RecordedOutcome;
  /** Absent where the run is of one operation. */
  readonly step?: StepHeader;
  readonly attempts?: number;
  readonly before?: string;
}

/** A computer with what became of it in all, and of each step in the job's order. */
export interface ComputerCases {
  readonly result: RecordedResult;
  readonly cases: readonly RunCase[];
}

/** How readers of a report take an outcome. */
export type Verdict = 'passed' | 'failed' | 'skipped';

const verdicts: Readonly<Record<RecordedOutcome, Verdict>> = {
  done: 'passed',
  already: 'passed',
  unverified: 'passed',
  failed: 'failed',
  unknown: 'failed',
  skipped: 'skipped',
  cancelled: 'skipped',
  running: 'skipped',
  'not-begun': 'skipped',
};

export function verdictOf({ outcome }: RunCase): Verdict {
  return verdicts[outcome];
}

/** In the run's order. */
export function casesByComputer({ record, steps }: RunDocument): readonly ComputerCases[] {
  const { job, results } = record;
  if (!job) {
    return results.map((result) => {
      const { ok: _, ...rest } = result;
      return { result, cases: [rest] };
    });
  }
  const recorded = new Map<string, Map<number, RecordedStep>>();
  for (const step of steps) {
    const own = recorded.get(step.computer) ?? new Map<number, RecordedStep>();
    recorded.set(step.computer, own.set(step.step, step));
  }
  return results.map((result) => {
    const own = recorded.get(result.computer);
    return {
      result,
      cases: job.steps.map((step, index) =>
        caseOf(step, own?.get(index), { record, result, isBegun: own !== undefined }),
      ),
    };
  });
}

export function casesOf(document: RunDocument): readonly RunCase[] {
  return casesByComputer(document).flatMap(({ cases }) => cases);
}

interface Surroundings {
  readonly record: RunRecord;
  readonly result: RecordedResult;
  /** Whether any step of the computer is recorded. */
  readonly isBegun: boolean;
}

function caseOf(
  step: StepHeader,
  recorded: RecordedStep | undefined,
  { record, result, isBegun }: Surroundings,
): RunCase {
  if (!recorded) {
    // Why a computer was not begun at all is said of it, and so of each of its steps.
    const { computer, error } = result;
    return { step, computer, outcome: 'not-begun', durationMs: 0, ...(!isBegun && error && { error }) };
  }
  const { step: _, ok: __, ...rest } = recorded;
  if (recorded.outcome !== 'running' || record.state !== 'interrupted') return { step, ...rest };
  return { step, ...rest, outcome: 'unknown', error: recorded.error ?? interrupted() };
}

function interrupted(): ErrorReport {
  return reportError(new SidebandError('run.interrupted', 'the process ended in the middle; it may have happened'));
}

/** What stands against a case, or what its outcome leaves open, on one line: `connect.timeout: lab-02 does not answer`. */
export function reasonOf({ error, note }: RunCase): string {
  return error ? `${error.code}: ${error.message}` : (note ?? '');
}

/** `wake: Wake` for a step; the title of the run where there are none. */
export function caseTitle({ step }: RunCase, { title }: RunRecord): string {
  return step ? `${step.id}: ${step.title}` : title;
}

/** From the first act to the end, in milliseconds; of a run that has not ended, what its results took. */
export function runDurationMs({ startedAt, endedAt, results }: RunRecord): number {
  if (endedAt !== undefined) return Math.max(0, Date.parse(endedAt) - Date.parse(startedAt));
  return results.reduce((sum, { durationMs }) => sum + durationMs, 0);
}
