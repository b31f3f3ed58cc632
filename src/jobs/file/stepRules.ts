import { didYouMean } from '../../base/nearest';
import type { Operation } from '../../operations/operation';
import type { Names } from './checkNames';
import { conditionMistakes, literalMistakes, templateMistakes } from './checkExpressions';
import type { Input } from './job';
import type { StepOfFile } from './jobFileSchema';
import type { Mistake } from './mistake';
import { mistakeInJobName, runJobId, runJobParameters } from './runJob';
import { holdsTemplate } from './template';
import { mistakeInUses, operationOf } from './uses';
import { withMistakes } from './withRules';

/** A step at its place among the others of its file. */
export interface PlacedStep {
  readonly step: StepOfFile;
  /** As others name it. */
  readonly id: string;
  readonly path: Mistake['path'];
  readonly earlier: readonly PlacedStep[];
  readonly later: readonly PlacedStep[];
  readonly inputs: readonly Input[];
}

/** What is wrong with a step beyond the schema of the file. */
export function* stepMistakes(placed: PlacedStep): Generator<Mistake> {
  const { step, path } = placed;
  yield* literalMistakes(step.name, [...path, 'name']);
  const operation = operationOf(step);
  const known = operation?.parameters ?? (step.uses === runJobId ? runJobParameters : undefined);
  if (known) {
    // What is missing of parameters that are not there at all is told at the operation.
    yield* withMistakes(step.with ?? {}, known, [...path, step.with ? 'with' : 'uses']);
  } else {
    yield { path: [...path, 'uses'], message: mistakeInUses(step.uses) };
  }
  if (step.uses === runJobId) yield* callMistakes(placed);
  if (operation?.followUp) yield* followUpMistakes(placed, operation);
  yield* templateMistakes(step.with ?? {}, [...path, 'with'], namesOf(placed, 'with'));
  if (typeof step.if === 'string') yield* conditionMistakes(step.if, [...path, 'if'], namesOf(placed, 'if'));
}

function namesOf({ earlier, later, id, inputs }: PlacedStep, where: Names['in']): Names {
  return { in: where, inputs, earlier: earlier.map((one) => one.id), later: [id, ...later.map((one) => one.id)] };
}

function* callMistakes({ step, path }: PlacedStep): Generator<Mistake> {
  const name = step.with?.job;
  const message = typeof name === 'string' ? mistakeInJobName(name) : undefined;
  if (message !== undefined) yield { path: [...path, 'with', 'job'], message };
  const own = ['retries', 'retryDelay', 'timeout'] as const;
  for (const key of own.filter((one) => (step[one] ?? 0) !== 0)) {
    const why = `\`${key}\` is for operations: the steps of the called job have their own`;
    yield { path: [...path, key], message: why, at: 'key' };
  }
}

/** It goes on from an operation of the same file that was before it. */
function* followUpMistakes({ step, path, earlier, later, id }: PlacedStep, operation: Operation): Generator<Mistake> {
  const given: unknown = operation.followUp?.step(step.with ?? {});
  const key = Object.entries(step.with ?? {}).find(([, value]) => value === given)?.[0];
  if (typeof given !== 'string' || key === undefined) return;
  const at = [...path, 'with', key];
  const named = earlier.find((one) => one.id === given);
  const ids = earlier.filter(({ step: one }) => operationOf(one)?.kind === 'change').map((one) => one.id);
  if (holdsTemplate(given)) yield { path: at, message: 'the id of a step is expected, without ${{ }}' };
  else if (given === id || later.some((one) => one.id === given)) {
    yield { path: at, message: `the step "${given}" does not come before this one` };
  } else if (!named)
    yield { path: at, message: `no step before this one has the id "${given}".${didYouMean(given, ids)}` };
  else if (!ids.includes(given))
    yield { path: at, message: `the step "${given}" changes nothing that could be put back` };
}
