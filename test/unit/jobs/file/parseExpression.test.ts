import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Expression } from '../../../../src/jobs/file/expression';
import { ExpressionMistake } from '../../../../src/jobs/file/expressionTokens';
import { formatExpression } from '../../../../src/jobs/file/formatExpression';
import { parseExpression } from '../../../../src/jobs/file/parseExpression';

const read = (text: string): Expression => parseExpression(text).expression;
const path = (text: string): Expression => ({ kind: 'path', path: text.split('.') });
const literal = (value: string | number | boolean | null): Expression => ({ kind: 'literal', value });

test.each<[text: string, expression: Expression]>([
  ["'done'", literal('done')],
  ["'it''s'", literal("it's")],
  ["''", literal('')],
  ['12', literal(12)],
  ['-1.5', literal(-1.5)],
  ['true', literal(true)],
  ['null', literal(null)],
  ['inputs.my-image', path('inputs.my-image')],
  ['steps.a.outputs.rows.0', path('steps.a.outputs.rows.0')],
  ['always()', { kind: 'call', name: 'always', args: [] }],
  ["contains(computer.name, 'lab')", { kind: 'call', name: 'contains', args: [path('computer.name'), literal('lab')] }],
  ['!!a', { kind: 'not', of: { kind: 'not', of: path('a') } }],
  ['!a == b', { kind: 'binary', operator: '==', left: { kind: 'not', of: path('a') }, right: path('b') }],
])('%s', (text, expression) => {
  expect(read(text)).toEqual(expression);
});

test.each([
  ['a||b&&c', 'a || b && c'],
  ['(a||b)&&c', '(a || b) && c'],
  ['a==b<c', 'a == b < c'],
  ['(a==b)<c', '(a == b) < c'],
  ['a<=b==(c>=d)', 'a <= b == c >= d'],
  ['a||b||c', 'a || b || c'],
  ['a||(b||c)', 'a || (b || c)'],
  ['!(a && b)', '!(a && b)'],
  ['!(a)', '!a'],
  ["startsWith(a , 'it''s')", "startsWith(a, 'it''s')"],
  [' ( ( a ) ) ', 'a'],
])('%s is %s', (text, formatted) => {
  expect(formatExpression(read(text))).toBe(formatted);
  expect(formatExpression(read(formatted))).toBe(formatted);
});

test('places of parts', () => {
  const { expression, spans } = parseExpression(" (a == 'b') && !failed()");
  const found = [...spans].map(([part, { start, length }]) => [part.kind, start, length]);
  expect(found).toEqual([
    ['path', 2, 1],
    ['literal', 7, 3],
    ['binary', 2, 8],
    ['call', 16, 8],
    ['not', 15, 9],
    ['binary', 2, 22],
  ]);
  expect(expression.kind).toBe('binary');
});

const operator = fc.constantFrom<Extract<Expression, { kind: 'binary' }>['operator'][]>(
  ...(['==', '!=', '<', '<=', '>', '>=', '&&', '||'] as const),
);
const { any } = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({
      kind: fc.constant('literal' as const),
      value: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    }),
    fc.record({
      kind: fc.constant('path' as const),
      path: fc.array(fc.stringMatching(/^[a-z][a-z0-9_-]{1,6}x$/), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('contains', 'always'),
      args: fc.array(tie('any'), { maxLength: 2 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('any') }),
    fc.record({ kind: fc.constant('binary' as const), operator, left: tie('any'), right: tie('any') }),
  ),
}));

test('what is written is read back as it was', () => {
  fc.assert(
    fc.property(any, (expression) => {
      const text = formatExpression(expression);
      fc.pre(text.length <= 2000);
      expect(read(text)).toEqual(expression);
    }),
  );
});

test('no text is more than a mistake', () => {
  const word = fc.constantFrom(
    'a',
    'steps.a',
    "'",
    "''",
    '(',
    ')',
    '!',
    '&&',
    '||',
    '==',
    '<',
    ',',
    '.',
    '-',
    '1',
    ' ',
    '$',
    '{',
    '}',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word, { maxLength: 40 }).map((words) => words.join('')),
      ),
      (text) => {
        try {
          parseExpression(text);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ExpressionMistake);
          const { span } = thrown as ExpressionMistake;
          expect(span.start).toBeLessThanOrEqual(text.length);
          expect(span.length).toBeGreaterThan(0);
        }
      },
    ),
  );
});
