import { SidebandError, toSidebandError } from '../../base/errors';
import type { Computer } from '../../fleet/computer';
import { builtInDefinitions } from '../../fleet/definitions';
import type { Engine } from '../engine';
import { checkParameters } from '../parameters';
import { evaluateCondition, type Facts, resolveWith } from '../program/facts';
import type { ProgramStep } from '../program/program';
import { chooseWays, type ChosenWays, impossible } from '../ways';
import type { StepPlan } from './jobPlan';
import { describeFalse, leftOut } from './leftOut';

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
  return stepPlanner(step, engine, technology)(computer, facts, []);
}

/** The same for many computers: those that are alike share one plan. `outer`: on what the jobs that call it depend. */
export function stepPlanner(
  step: ProgramStep,
  engine: Pick<Engine, 'definitions'>,
  technology?: string,
): (computer: Computer, facts: Facts, outer: readonly string[]) => StepPlan {
  const known = new Map<string, StepPlan>();
  const shared = (key: string, make: () => StepPlan): StepPlan => {
    let plan = known.get(key);
    if (!plan) known.set(key, (plan = make()));
    return plan;
  };
  return (computer, facts, outer) => {
    const condition = evaluateCondition(step, facts);
    if (condition === false) {
      const reason = describeFalse(step, facts);
      return shared(reason, () => leftOut(step, reason));
    }
    const { parameters, depends: open } = resolveWith(step, facts);
    const depends = [...outer, ...(condition === true ? [] : [condition.depends]), ...open];
    const now = step.operation.changes === 'power' ? computer.seen.power : undefined;
    const has = computer.accesses.map((access) => access.technology);
    return shared(JSON.stringify([has, now ?? null, depends, parameters]), () => {
      const ways =
        open.length > 0
          ? chooseWays(step.operation, computer, { parameters: undefined, technology })
          : planKnown(step, computer, { parameters, engine, technology });
      return { step, ...ways, depends, ...(now !== undefined && { now }) };
    });
  };
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
  const parameters = checked(() => checkParameters(operation, resolved));
  if (parameters instanceof SidebandError) return impossible(parameters.message);
  const then = operation.followUp
    ? `as before ${scope.prefix}${operation.followUp.step(parameters)}`
    : operation.then?.(parameters, engine.definitions ?? builtInDefinitions);
  const chosen = chooseWays(operation, computer, { parameters, technology });
  return { ...chosen, parameters, ...(then !== undefined && { then }) };
}

/** The parameters, or what is wrong with them. */
function checked<Value>(check: () => Value): Value | SidebandError {
  try {
    return check();
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.code !== 'usage.invalid') throw thrown;
    return error;
  }
}
