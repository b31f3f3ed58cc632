import type { RecordedStep, RunRecord } from './ledger';
import type { Program } from './program/program';

/** Which computers of a run are to be done again, and which are left alone and why. */
export interface RerunSelection {
  readonly rerun: readonly string[];
  readonly left: readonly { readonly computer: string; readonly reason: string }[];
}

/**
 * Those that failed, were cancelled, skipped or not begun. What may have happened is done again only when the operation reads the
 * state first (`repeatable`).
 */
export function selectForRerun(record: RunRecord, repeatable: boolean): RerunSelection {
  return select(record, () => repeatable);
}

/** The same for a job: by the steps of which nobody knows whether they happened. */
export function selectJobForRerun(
  record: RunRecord,
  { steps: program }: Program,
  steps: readonly RecordedStep[],
): RerunSelection {
  const harmful = steps.filter(
    ({ step, outcome }) => (outcome === 'unknown' || outcome === 'running') && !program[step]?.operation.repeatable,
  );
  const computers = new Set(harmful.map(({ computer }) => computer));
  return select(record, (computer) => !computers.has(computer));
}

function select({ results, state }: RunRecord, isRepeatable: (computer: string) => boolean): RerunSelection {
  const rerun: string[] = [];
  const left: { computer: string; reason: string }[] = [];
  for (const { computer, ok, outcome } of results) {
    if (ok) continue;
    if (outcome === 'running' || (outcome === 'not-begun' && state === 'running')) {
      left.push({ computer, reason: 'the run is still going on' });
    } else if (outcome === 'unknown' && !isRepeatable(computer)) {
      left.push({ computer, reason: 'it may have happened, and doing it twice does harm' });
    } else rerun.push(computer);
  }
  return { rerun, left };
}
