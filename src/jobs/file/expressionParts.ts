import type { Expression } from './expression';
import { functions, isFunction } from './functions';

/** An expression and everything in it. */
export function* partsOf(expression: Expression): Generator<Expression> {
  yield expression;
  if (expression.kind === 'not') yield* partsOf(expression.of);
  if (expression.kind === 'call') for (const argument of expression.args) yield* partsOf(argument);
  if (expression.kind === 'binary') {
    yield* partsOf(expression.left);
    yield* partsOf(expression.right);
  }
}

/** Whether it asks how the job went so far: then nothing is asked beside it. */
export function asksForStatus(expression: Expression): boolean {
  return [...partsOf(expression)].some(
    (part) => part.kind === 'call' && isFunction(part.name) && functions[part.name].isStatus,
  );
}
