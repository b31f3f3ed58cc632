import type { StepPlan } from './jobPlan';

/** The power as an earlier step is to leave it; without `now` it cannot be foreseen. */
interface Left {
  readonly now?: string;
  readonly nowAfter: string;
}

/**
 * The steps of one computer with the power that each will find: what was seen or read holds only until a step changes it. A step
 * that may be left out leaves the power uncertain.
 */
export function withPlannedPower(steps: readonly StepPlan[]): readonly StepPlan[] {
  let left: Left | undefined;
  return steps.map((plan) => {
    const { operation, id } = plan.step;
    if (operation.changes !== 'power' || plan.ways.length === 0) return plan;
    const { now: seen, nowAfter: _, ...rest } = plan;
    const now = left ? left.now : seen;
    const found = left ? { ...rest, ...left } : plan;
    if (plan.then !== undefined && plan.then !== now) {
      left = plan.depends.length > 0 ? { nowAfter: id } : { now: plan.then, nowAfter: id };
    }
    return found;
  });
}
