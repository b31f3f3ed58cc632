import { reportError, SidebandError } from '../../base/errors';
import { formatExpression } from '../file/formatExpression';
import type { Closing, Verdict } from '../machine/move';
import type { Call, ProgramStep } from '../program/program';
import type { ComputerResult, Outcome } from '../result';
import type { StepRecords } from './stepRecords';

/** What is recorded of a step, or of a computer, that is not tried. `halted` says why, when the run stopped early. */
export function untriedResult(computer: string, closing: Closing, halted: string): ComputerResult {
  switch (closing.as) {
    case 'left-out':
      return leftOut(computer, describeCondition(closing.because));
    case 'not-begun':
      return leftOut(computer, 'nothing was begun before it');
    case 'cancelled':
      return ended(
        computer,
        'cancelled',
        new SidebandError('run.cancelled', 'cancelled before anything was asked of it'),
      );
    case 'halted':
      return ended(computer, 'skipped', new SidebandError('run.halted', `not begun: ${halted}`));
    case 'interrupted':
      return ended(computer, 'unknown', interruption());
  }
}

export function interruption(): SidebandError {
  return new SidebandError('run.interrupted', 'the process ended in the middle; it may have happened');
}

export function ended(computer: string, outcome: Outcome, error: SidebandError): ComputerResult {
  return { computer, ok: false, outcome, durationMs: 0, error: reportError(error) };
}

/** A computer’s result: what its worst step came to, with that step’s words. */
export function computerResult(computer: string, { outcome, ok, step }: Verdict, records: StepRecords): ComputerResult {
  const record = step && records.of(step);
  if (!record) return { computer, ok, outcome, durationMs: 0, note: noteOfNothing(records) };
  const { technology, note, error, tried } = record;
  return {
    computer,
    ok,
    outcome,
    ...(technology && { technology }),
    durationMs: 0,
    ...(note !== undefined && { note }),
    ...(error && { error: { ...error, message: `step ${step.id}: ${error.message}` } }),
    ...(tried && { tried }),
  };
}

/** What is said where no step counts. */
function noteOfNothing({ states }: StepRecords): string {
  const wasExcused = states.some((state) => state?.error !== undefined);
  return wasExcused ? 'nothing that counts: `continueOnError` excuses what failed' : 'no step had anything to do';
}

function leftOut(computer: string, note: string): ComputerResult {
  return { computer, ok: true, outcome: 'skipped', durationMs: 0, note };
}

function describeCondition({ condition }: ProgramStep | Call): string {
  return condition ? `not so: if ${formatExpression(condition)}` : 'a step before it did not succeed';
}
