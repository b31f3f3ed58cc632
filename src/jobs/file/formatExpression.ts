import type { Expression } from './expression';

/** How strongly an expression holds together; what holds less is put into brackets. */
const strengths = { '||': 1, '&&': 2, '==': 3, '!=': 3, '<': 4, '<=': 4, '>': 4, '>=': 4 } as const;
const strongest = 5;

/** An expression as a user writes it. */
export function formatExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return formatLiteral(expression.value);
    case 'path':
      return expression.path.join('.');
    case 'call':
      return `${expression.name}(${expression.args.map(formatExpression).join(', ')})`;
    case 'not':
      return `!${inBrackets(expression.of, strongest)}`;
    case 'binary': {
      const { operator, left, right } = expression;
      const strength = strengths[operator];
      return `${inBrackets(left, strength)} ${operator} ${inBrackets(right, strength + 1)}`;
    }
  }
}

function formatLiteral(value: string | number | boolean | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function inBrackets(expression: Expression, atLeast: number): string {
  const text = formatExpression(expression);
  return (expression.kind === 'binary' ? strengths[expression.operator] : strongest) < atLeast ? `(${text})` : text;
}
