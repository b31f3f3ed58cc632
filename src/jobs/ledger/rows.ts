import type { SQLOutputValue } from 'node:sqlite';
import { reportError, SidebandError } from '../../base/errors';
import type { Danger } from '../../base/frontend';
import type { TechnologyName } from '../../fleet/technologyName';
import type { RecordedJob, RecordedOutcome, RecordedResult, RecordedStep, RunRecord, RunSummary } from '../ledger';
import type { ComputerResult } from '../result';
import { ownerLives } from './owner';

export type Row = Record<string, SQLOutputValue>;

/** The columns of a run that its summary shows. */
export const summaryColumns =
  'number, id, subject, title, folder, targets, started_at, ended_at, state, owner, kind, rerun_of';

/** Those of its whole record. */
export const recordColumns = `${summaryColumns}, danger, parameters, plan_hash, job`;

export function text(value: SQLOutputValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A run whose process has gone without ending it is interrupted: nobody was left to write that down. */
export function toState({ state, owner }: Row): RunSummary['state'] {
  const recorded = text(state) as RunSummary['state'];
  return recorded === 'running' && !ownerLives(owner) ? 'interrupted' : recorded;
}

export function toSummary(row: Row, counts: RunSummary['counts']): RunSummary {
  return {
    id: text(row.id),
    subject: text(row.subject),
    title: text(row.title),
    folder: text(row.folder),
    targets: text(row.targets),
    startedAt: text(row.started_at),
    ...(row.ended_at !== null && { endedAt: text(row.ended_at) }),
    state: toState(row),
    kind: text(row.kind) as RunSummary['kind'],
    counts,
    ...(row.rerun_of !== null && { rerunOf: text(row.rerun_of) }),
  };
}

export function toRecord(row: Row, results: readonly RecordedResult[]): RunRecord {
  const counts: Partial<Record<RecordedOutcome, number>> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return {
    ...toSummary(row, counts),
    danger: text(row.danger) as Danger,
    parameters: JSON.parse(text(row.parameters)) as Readonly<Record<string, unknown>>,
    planHash: text(row.plan_hash),
    results,
    ...(row.job !== null && { job: JSON.parse(text(row.job)) as RecordedJob }),
  };
}

/** Whatever had begun on a computer when its process died, be it one act or half a job, leaves its outcome `unknown`. */
export function toOutcome(recorded: SQLOutputValue | undefined, isInterrupted: boolean): RecordedOutcome {
  return recorded === 'running' && isInterrupted ? 'unknown' : (text(recorded) as RecordedOutcome);
}

export function toResult(row: Row, isInterrupted: boolean): RecordedResult {
  if (row.result !== null) return JSON.parse(text(row.result)) as ComputerResult;
  const outcome = toOutcome(row.state, isInterrupted);
  return {
    computer: text(row.computer),
    ok: false,
    outcome,
    durationMs: 0,
    ...technologyOf(row),
    ...(outcome === 'unknown' && { error: reportError(interruption(row)) }),
  };
}

export function toStep(row: Row): RecordedStep {
  const result = row.result === null ? undefined : (JSON.parse(text(row.result)) as ComputerResult);
  return {
    ...(result ?? { computer: text(row.computer), ok: false, outcome: 'running', durationMs: 0, ...technologyOf(row) }),
    step: Number(row.step),
    attempts: Number(row.attempts),
    ...(row.before !== null && { before: text(row.before) }),
  };
}

function technologyOf({ technology }: Row): { readonly technology?: TechnologyName } {
  return technology === null ? {} : { technology: text(technology) as TechnologyName };
}

function interruption({ between_steps: isBetweenSteps }: Row): SidebandError {
  return isBetweenSteps === 1
    ? new SidebandError('run.interrupted', 'the process ended between two steps; they tell how far it came')
    : new SidebandError('run.interrupted', 'the process ended in the middle; it may have happened');
}
