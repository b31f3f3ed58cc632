import { formatExpression } from '../file/formatExpression';
import type { Facts } from '../program/facts';
import type { Call, ProgramStep } from '../program/program';
import type { StepPlan } from './jobPlan';

/** What is certainly not done, and why. */
export function leftOut(step: ProgramStep, reason: string): StepPlan {
  return { step, ways: [], why: 'left out', leftOut: reason, depends: [] };
}

/** Why a condition is certainly false. */
export function describeFalse({ condition }: ProgramStep | Call, { failed }: Facts): string {
  if (!condition) return failed ? 'a step before it is impossible' : 'its condition is false';
  return `not so: if ${formatExpression(condition)}`;
}
