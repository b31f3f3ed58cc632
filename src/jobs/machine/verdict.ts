import { type Block, type Call, isCall, type ProgramStep } from '../program/program';
import { isSuccess, type Outcome } from '../result';
import type { StepState, StepStates, Verdict } from './move';

/** From the worst; what was left out weighs least, what was impossible or halted more than any success. */
const order: readonly Outcome[] = ['unknown', 'failed', 'cancelled', 'skipped', 'unverified', 'done', 'already'];

const nothingCounted: Verdict = { outcome: 'skipped', ok: true };

/** The worst of a block, and the first step that came to it. What `continueOnError` excuses does not count. */
export function judgeBlock({ steps, finally: last }: Block, states: StepStates): Verdict {
  return worst(last, states, worst(steps, states, nothingCounted));
}

/** What a step or a called job means for those after it; nothing when it is excused, or has not ended. */
export function judgeItem(item: ProgramStep | Call, states: StepStates): Verdict | undefined {
  const verdict = isCall(item) ? judgeBlock(item.block, states) : judgeStep(item, states[item.index]);
  return verdict && !(item.continueOnError && isExcusable(verdict, states)) ? verdict : undefined;
}

function worst(items: readonly (ProgramStep | Call)[], states: StepStates, begin: Verdict): Verdict {
  let found = begin;
  for (const item of items) {
    const verdict = judgeItem(item, states);
    if (verdict && weight(verdict) > weight(found)) found = verdict;
  }
  return found;
}

function judgeStep(step: ProgramStep, state: StepState | undefined): Verdict | undefined {
  if (!state) return undefined;
  const outcome = state.outcome === 'running' ? 'unknown' : state.outcome;
  return { outcome, ok: isSuccess(outcome) || (outcome === 'skipped' && !state.error), step };
}

function weight({ outcome, ok }: Verdict): number {
  return outcome === 'skipped' && ok ? 0 : order.length - order.indexOf(outcome);
}

/** Errors are; that it was broken off is no error of the step. */
function isExcusable({ outcome, ok, step }: Verdict, states: StepStates): boolean {
  if (ok || outcome === 'cancelled') return false;
  return !step || states[step.index]?.error?.code !== 'run.halted';
}
