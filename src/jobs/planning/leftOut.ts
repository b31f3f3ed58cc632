import { asksForStatus } from '../file/expressionParts';
import { formatExpression } from '../file/formatExpression';
import type { Facts } from '../program/facts';
import type { Call, ProgramStep } from '../program/program';
import type { StepPlan } from './jobPlan';

/** What is certainly not done, and why. */
export function leftOut(step: ProgramStep, reason: string): StepPlan {
  return { step, ways: [], why: 'left out', leftOut: reason, depends: [] };
}

/** Why a condition is certainly false. */
export function describeFalse({ condition, role }: ProgramStep | Call, { failed }: Facts): string {
  const asksItself = role === 'finally' || (condition !== undefined && asksForStatus(condition));
  if (failed && !asksItself) return 'a step before it is impossible';
  return condition ? `its condition does not hold: ${formatExpression(condition)}` : 'its condition does not hold';
}
