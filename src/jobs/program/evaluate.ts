import type { Expression } from '../file/expression';

/** Stands for a value that only the run can tell. */
export const unknown = Symbol('unknown');
export type Unknown = typeof unknown;

/** What the names of an expression stand for. What is absent is null. */
export interface Lookup {
  path(path: readonly string[]): unknown;
  status(name: string): boolean | Unknown;
}

/** The value of an expression: that of one of its parts, true or false; `unknown` only when it depends on what is unknown. */
export function evaluate(expression: Expression, lookup: Lookup): unknown {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'path':
      return lookup.path(expression.path);
    case 'not':
      return truthOf(expression, lookup);
    case 'call':
      return call(expression, lookup);
    case 'binary':
      return binary(expression, lookup);
  }
}

/** Whether a condition holds: what is unknown does not count where the rest decides. */
export function truthOf(expression: Expression, lookup: Lookup): boolean | Unknown {
  if (expression.kind === 'not') {
    const value = truthOf(expression.of, lookup);
    return value === unknown ? unknown : !value;
  }
  if (expression.kind === 'binary' && (expression.operator === '&&' || expression.operator === '||')) {
    const decides = expression.operator === '||';
    const first = truthOf(expression.left, lookup);
    if (first === decides) return decides;
    const second = truthOf(expression.right, lookup);
    return first === unknown && second !== decides ? unknown : second;
  }
  const value = evaluate(expression, lookup);
  return value === unknown ? unknown : isTrue(value);
}

/** As in GitHub Actions: false, 0, the empty text and null are false. */
function isTrue(value: unknown): boolean {
  return value !== false && value !== 0 && value !== '' && value !== null && value !== undefined;
}

function binary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>, lookup: Lookup): unknown {
  const first = evaluate(left, lookup);
  if (operator === '&&' || operator === '||') {
    const decides = first !== unknown && isTrue(first) === (operator === '||');
    return first === unknown || decides ? first : evaluate(right, lookup);
  }
  const second = evaluate(right, lookup);
  if (first === unknown || second === unknown) return unknown;
  if (operator === '==') return areEqual(first, second);
  if (operator === '!=') return !areEqual(first, second);
  const order = orderOf(first, second) ?? Number.NaN;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** Texts with their case; a number and a text that is one are equal; everything else only to itself. */
function areEqual(a: unknown, b: unknown): boolean {
  const [first, second] = [a ?? null, b ?? null];
  return typeof first === typeof second ? first === second : orderOf(first, second) === 0;
}

/** Of two numbers, or of two texts by their characters; nothing for what has no order. */
function orderOf(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  const [first, second] = [toNumber(a), toNumber(b)];
  return first === undefined || second === undefined ? undefined : first - second;
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

function call({ name, args }: Extract<Expression, { kind: 'call' }>, lookup: Lookup): unknown {
  const values = args.map((argument) => evaluate(argument, lookup));
  const [first, second] = values;
  if (values.length === 0) return lookup.status(name);
  if (values.includes(unknown)) return unknown;
  switch (name) {
    case 'contains':
      return Array.isArray(first)
        ? first.some((entry) => areEqual(entry, second))
        : toText(first).includes(toText(second));
    case 'startsWith':
      return toText(first).startsWith(toText(second));
    case 'endsWith':
      return toText(first).endsWith(toText(second));
    default:
      return null;
  }
}

/** A value inside a text: nothing for null, JSON for what has parts. */
export function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}
