import { isSecretKey } from '../../base/secret';
import type { Computer } from '../../fleet/computer';
import type { InputValues } from '../file/job';
import type { JobPlan, StepPlan } from './jobPlan';

/** What a step would do, in words. */
export interface StepLine {
  readonly step: string;
  /** `off → on`, or what is done where there is no state; empty when nothing is. */
  readonly change: string;
  /** The way and why, or why there is none. */
  readonly how: string;
}

/** Computers of which the same is foreseen. */
export interface Story {
  readonly computers: readonly Computer[];
  /** By the steps' index. */
  readonly lines: readonly StepLine[];
  readonly steps: readonly StepPlan[];
}

export function stepLine(plan: StepPlan): StepLine {
  const { step, why, impossible, leftOut, unread, depends } = plan;
  if (impossible !== undefined) return { step: step.id, change: '', how: `impossible: ${impossible}` };
  if (leftOut !== undefined) return { step: step.id, change: '', how: `left out: ${leftOut}` };
  const way = isAlready(plan) ? 'already so' : why;
  return { step: step.id, change: describeChange(plan), how: [way, unread, ...depends].filter(Boolean).join('; ') };
}

/** In the order of their first computers. */
export function storiesOf({ computers }: Pick<JobPlan, 'computers'>): readonly Story[] {
  const known = new Map<StepPlan, StepLine>();
  const lineOf = (plan: StepPlan): StepLine => {
    let line = known.get(plan);
    if (!line) known.set(plan, (line = stepLine(plan)));
    return line;
  };
  const stories = new Map<string, { computers: Computer[]; lines: readonly StepLine[]; steps: readonly StepPlan[] }>();
  for (const { computer, steps } of computers) {
    const lines = steps.map(lineOf);
    const key = JSON.stringify(lines);
    const story = stories.get(key);
    if (story) story.computers.push(computer);
    else stories.set(key, { computers: [computer], lines, steps });
  }
  return [...stories.values()];
}

/** The inputs as they may be shown and kept: a value whose name speaks of a secret is not. */
export function shownInputs(inputs: InputValues): InputValues {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, isSecretKey(name) ? '***' : value]));
}

function describeChange({ step: { operation }, now, nowAfter, then, unread }: StepPlan): string {
  if (now === undefined && then === undefined && unread === undefined && nowAfter === undefined) return operation.id;
  const after = nowAfter === undefined ? '' : ` (after ${nowAfter})`;
  return `${now ?? (unread === undefined ? '?' : 'unread')}${after} → ${then ?? operation.id}`;
}

function isAlready({ now, then, depends }: StepPlan): boolean {
  return now !== undefined && now === then && depends.length === 0;
}
