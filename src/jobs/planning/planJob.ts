import type { Computer } from '../../fleet/computer';
import type { Operation } from '../../operations/operation';
import type { Engine } from '../engine';
import { policyRefusals } from '../plan';
import type { Refusal } from '../policy';
import type { CompiledJob } from '../program/program';
import { foresee } from './foresee';
import type { ComputerPlan, JobPlan } from './jobPlan';
import { withJobHash } from './planHash';
import { stepPlanner } from './planStep';
import { waveSizes } from './waves';
import { windowRefusals } from './windows';

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
  const computers = request.computers.map((computer): ComputerPlan => {
    const { inputs } = source;
    const steps = foresee(program, { computer, inputs }, (step, facts, depends) => {
      const plan = planners.get(step) ?? stepPlanner(step, engine, technology);
      return plan(computer, facts, depends);
    });
    return { computer, steps };
  });
  return withJobHash({
    ...compiled,
    targets,
    ...(technology !== undefined && { technology }),
    computers,
    waves: waveSizes(job.strategy.waves, computers.length),
    refusals: [...windowRefusals(compiled, new Date()), ...jobRefusals({ computers }, engine)],
  });
}

/** What the policy says at this moment against the operations of a plan, each over the computers on which it is possible. */
export function jobRefusals(
  { computers }: Pick<JobPlan, 'computers'>,
  engine: Pick<Engine, 'fleet' | 'policy'>,
): readonly Refusal[] {
  const touched = new Map<Operation, Set<Computer>>();
  for (const { computer, steps } of computers) {
    for (const { step, ways } of steps) {
      if (step.operation.danger === 'safe' || ways.length === 0) continue;
      const own = touched.get(step.operation) ?? new Set();
      touched.set(step.operation, own.add(computer));
    }
  }
  const refusals = new Map<string, Refusal>();
  for (const [operation, own] of touched) {
    for (const refusal of policyRefusals(operation, [...own], engine)) {
      refusals.set(JSON.stringify([refusal.rule, refusal.message]), refusal);
    }
  }
  return [...refusals.values()];
}
