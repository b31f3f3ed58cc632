import type { Expression } from './expression';

/** An expression as a user writes it. */
export function formatExpression(expression: Expression): string {
  throw new Error(`not yet: ${expression.kind}`);
}
