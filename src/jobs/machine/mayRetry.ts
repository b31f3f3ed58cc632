import type { ProgramStep } from '../program/program';
import type { StepState } from './move';

/** What another attempt meets again, or makes worse: wrong passwords lock accounts. */
const lasting = /^(auth|usage|run|plan|policy|ledger|internal)\./;

/**
 * Whether a step that has come to this is tried again: when it certainly did not happen, or does no harm twice, and the file still
 * grants an attempt.
 */
export function mayRetry(
  { operation, retries }: Pick<ProgramStep, 'operation' | 'retries'>,
  { outcome, attempts, error }: StepState,
): boolean {
  if (attempts === 0 || attempts > retries || (error && lasting.test(error.code))) return false;
  return outcome === 'failed' || (outcome === 'unknown' && operation.repeatable);
}
