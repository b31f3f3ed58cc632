import { expect, test } from 'vitest';
import type { ExpressionMistake } from '../../../../src/jobs/file/expressionTokens';
import { formatExpression } from '../../../../src/jobs/file/formatExpression';
import { holdsTemplate, parseCondition, parseTemplate } from '../../../../src/jobs/file/template';

const parts = (text: string): readonly (string | readonly [string, number])[] =>
  parseTemplate(text).map((part) =>
    typeof part === 'string' ? part : ([formatExpression(part.expression), part.start] as const),
  );

test.each([
  ['plain', ['plain']],
  ['', []],
  ['${{ inputs.a }}', [['inputs.a', 3]]],
  ['x ${{inputs.a}}-${{ inputs.b }} y', ['x ', ['inputs.a', 5], '-', ['inputs.b', 19], ' y']],
  ["${{ 'a }} b' }}", [["'a }} b'", 3]]],
  ["${{ 'it''s }}' }}!", [["'it''s }}'", 3], '!']],
  ['$ {{ a }} }} {{', ['$ {{ a }} }} {{']],
])('%s', (text, expected) => {
  expect(parts(text)).toEqual(expected);
});

test.each([
  ['always()', 'always()', 0],
  ['${{ always() }}', 'always()', 3],
  ['  ${{ always() }}  ', 'always()', 5],
])('the condition %s', (text, formatted, start) => {
  const condition = parseCondition(text);
  expect([formatExpression(condition.expression), condition.start]).toEqual([formatted, start]);
});

test.each([
  ['a ${{ b', 2, 3, '}} is missing after this'],
  ["a ${{ 'b }}", 6, 3, 'the text has no quote at its end'],
  ['${{ a }}${{ == }}', 12, 2, 'a value is expected, not =='],
])('the mistake in %s', (text, start, length, message) => {
  expect.assertions(2);
  try {
    parseTemplate(text);
  } catch (thrown) {
    expect((thrown as ExpressionMistake).span).toEqual({ start, length });
    expect((thrown as ExpressionMistake).message).toBe(message);
  }
});

test('templates are found at any depth', () => {
  expect(holdsTemplate({ a: [{ b: 'x ${{ y }}' }] })).toBe(true);
  expect(holdsTemplate({ a: [{ b: 'x' }], c: 5, d: null, '${{ e }}': 1 })).toBe(false);
});
