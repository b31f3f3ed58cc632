import { toSidebandError } from '../../base/errors';
import type { Computer } from '../../fleet/computer';
import { builtInDefinitions } from '../../fleet/definitions';
import type { Engine } from '../engine';
import { checkParameters } from '../parameters';
import { evaluateCondition, type Facts, resolveWith } from '../program/facts';
import type { ProgramStep } from '../program/program';
import { chooseWays, type ChosenWays, impossible } from '../ways';
import type { StepPlan } from './jobPlan';

/**
 * What a step would do to a computer, by what is known of it: while planning, or in the run just before it is done. A mistake in
 * its parameters makes it impossible. Contacts nobody.
 */
export function planStep(
  step: ProgramStep,
  computer: Computer,
  facts: Facts,
  engine: Pick<Engine, 'definitions'>,
  technology?: string,
): StepPlan {
  return stepPlanner(step, engine, technology)(computer, facts);
}

/** The same for many computers: those that are alike share one plan. */
export function stepPlanner(
  step: ProgramStep,
  engine: Pick<Engine, 'definitions'>,
  technology?: string,
): (computer: Computer, facts: Facts) => StepPlan {
  const known = new Map<string, StepPlan>();
  return (computer, facts) => {
    const condition = evaluateCondition(step, facts);
    if (condition === false) return leftOut(step, 'its condition is false');
    const { parameters, depends } = resolveWith(step, facts);
    const all = condition === true ? depends : [`if ${condition.depends}`, ...depends];
    const now = step.operation.changes === 'power' ? computer.seen.power : undefined;
    const has = computer.accesses.map((access) => access.technology);
    const key = JSON.stringify([has, now ?? null, all, parameters]);
    const alike = known.get(key);
    if (alike) return alike;
    const ways =
      depends.length > 0
        ? chooseWays(step.operation, computer, { parameters: undefined, technology })
        : planKnown(step, computer, { parameters, engine, technology });
    const plan = { step, ...ways, depends: all, ...(now !== undefined && { now }) };
    known.set(key, plan);
    return plan;
  };
}

/** What is not done, and why. */
export function leftOut(step: ProgramStep, reason: string): StepPlan {
  return { step, ways: [], why: 'left out', leftOut: reason, depends: [] };
}

interface Known {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly engine: Pick<Engine, 'definitions'>;
  readonly technology: string | undefined;
}

function planKnown(
  { operation, scope }: ProgramStep,
  computer: Computer,
  { parameters: resolved, engine, technology }: Known,
): ChosenWays & Pick<StepPlan, 'parameters' | 'then'> {
  try {
    const parameters = checkParameters(operation, resolved);
    const then = operation.followUp
      ? `as before ${scope.prefix}${operation.followUp.step(parameters)}`
      : operation.then?.(parameters, engine.definitions ?? builtInDefinitions);
    const chosen = chooseWays(operation, computer, { parameters, technology });
    return { ...chosen, parameters, ...(then !== undefined && { then }) };
  } catch (thrown) {
    return impossible(toSidebandError(thrown).message);
  }
}
