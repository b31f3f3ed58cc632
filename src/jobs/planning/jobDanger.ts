import type { Danger, Question } from '../../base/frontend';
import type { CompiledJob, ProgramStep } from '../program/program';
import type { ComputerPlan, JobPlan } from './jobPlan';

const dangers: readonly Danger[] = ['safe', 'disruptive', 'destructive'];

/** The worst danger of a job's steps, whether they are possible or not: what a run can do is not certain before it. */
export function jobDanger({ program }: Pick<CompiledJob, 'program'>): Danger {
  const worst = Math.max(0, ...program.steps.map(({ operation }) => dangers.indexOf(operation.danger)));
  return dangers[worst] ?? 'safe';
}

/** A step that is not safe, and on how many computers it would be done. */
export interface Disruption {
  readonly step: ProgramStep;
  readonly count: number;
}

export function disruptionsOf({ program, computers }: JobPlan): readonly Disruption[] {
  return program.steps
    .filter(({ operation }) => operation.danger !== 'safe')
    .map((step) => ({
      step,
      count: computers.filter(({ steps }) => (steps[step.index]?.ways.length ?? 0) > 0).length,
    }))
    .filter(({ count }) => count > 0);
}

/** What the operations warn of, with the step before it; the same of several computers once. */
export function jobWarnings({ computers }: JobPlan): readonly string[] {
  const warnings = new Set<string>();
  const known = new Set<unknown>();
  for (const { steps } of computers) {
    for (const { step, ways, parameters } of steps) {
      if (ways.length === 0 || parameters === undefined || known.has(parameters)) continue;
      known.add(parameters);
      for (const warning of step.operation.warnings?.(parameters) ?? []) warnings.add(`${step.id}: ${warning}`);
    }
  }
  return [...warnings];
}

/** Whether anything would be done to a computer. */
export function isPossible({ steps }: ComputerPlan): boolean {
  return steps.some(({ ways }) => ways.length > 0);
}

/** What is asked once before a run; nothing where there is nothing to ask: all is safe, or nothing is possible. */
export function jobQuestion(plan: JobPlan): Question | undefined {
  const danger = jobDanger(plan);
  const possible = plan.computers.filter(isPossible);
  if (danger === 'safe' || possible.length === 0) return undefined;
  const all = plan.computers.length;
  const partly = possible.filter(({ steps }) => steps.some(({ impossible }) => impossible !== undefined)).length;
  return {
    title: plan.job.name,
    danger,
    computers: possible.map(({ computer }) => computer.name),
    warnings: [
      ...disruptionsOf(plan).map(describeDisruption),
      ...jobWarnings(plan),
      ...(partly > 0 ? [`${partly} of ${all} computers cannot do every step; the plan says why.`] : []),
      ...(possible.length < all ? [`${all - possible.length} of ${all} computers cannot do any step.`] : []),
    ],
  };
}

function describeDisruption({ step: { id, operation }, count }: Disruption): string {
  return `${id}: ${operation.title} is ${operation.danger}, on ${count} computer${count === 1 ? '' : 's'}.`;
}
