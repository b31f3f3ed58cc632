import type { Computer } from '../../fleet/computer';
import type { Engine } from '../engine';
import type { CompiledJob } from '../program/program';
import { foresee } from './foresee';
import type { ComputerPlan, JobPlan, StepPlan } from './jobPlan';
import { likenessIn } from './likeness';
import { withJobHash } from './planHash';
import { planRefusals } from './refusals';
import { stepPlanner } from './planStep';
import { waveSizes } from './waves';

export interface JobPlanRequest {
  readonly computers: readonly Computer[];
  /** As the file has them, with the inputs put in. */
  readonly targets: string;
  /** Only ways of this technology. */
  readonly technology?: string | undefined;
}

type PlanningEngine = Pick<Engine, 'fleet' | 'policy' | 'definitions'>;

/** Works out what a job would do, from what is known. Contacts nobody. */
export function planJob(compiled: CompiledJob, request: JobPlanRequest, engine: PlanningEngine): JobPlan {
  const { job, program, source } = compiled;
  const { targets, technology } = request;
  const planners = new Map(program.steps.map((step) => [step, stepPlanner(step, engine, technology)] as const));
  const likeness = likenessIn(program);
  const known = new Map<string, readonly StepPlan[]>();
  const computers = request.computers.map((computer): ComputerPlan => {
    const key = likeness?.(computer);
    const alike = key === undefined ? undefined : known.get(key);
    if (alike) return { computer, steps: alike };
    const steps = foresee(program, { computer, inputs: source.inputs }, (step, facts, depends) => {
      const plan = planners.get(step) ?? stepPlanner(step, engine, technology);
      return plan(computer, facts, depends);
    });
    if (key !== undefined) known.set(key, steps);
    return { computer, steps };
  });
  return withJobHash({
    ...compiled,
    targets,
    ...(technology !== undefined && { technology }),
    computers,
    waves: waveSizes(job.strategy.waves, computers.length),
    refusals: planRefusals(compiled, computers, engine),
  });
}
