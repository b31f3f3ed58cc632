import { expect, test } from 'vitest';
import { parseExpression } from '../../../../src/jobs/file/parseExpression';
import { evaluate, type Lookup, toText, truthOf, unknown } from '../../../../src/jobs/program/evaluate';

const values: Readonly<Record<string, unknown>> = {
  on: 'on',
  twelve: 12,
  text12: '12',
  yes: true,
  nothing: null,
  list: ['a', 'b'],
  later: unknown,
};
const lookup: Lookup = {
  path: ([name = '']) => values[name] ?? null,
  status: (name) => (name === 'later' ? unknown : name === 'always'),
};
const valueOf = (text: string): unknown => evaluate(parseExpression(text).expression, lookup);

test.each<[text: string, value: unknown]>([
  ["on == 'on'", true],
  ["on == 'ON'", false],
  ["on != 'off'", true],
  ['twelve == 12', true],
  ["twelve == '12'", true],
  ['text12 == 12', true],
  ['text12 > 9', true],
  ["text12 > '9'", false],
  ['on > 9', false],
  ['on < 9', false],
  ['nothing == null', true],
  ['absent == null', true],
  ["nothing == ''", false],
  ['nothing < 1', false],
  ['yes == true', true],
  ["yes == 'true'", false],
  ['twelve >= 12 && twelve <= 12', true],
  ['list == list', true],
  ["nothing || 'x'", 'x'],
  ["on && 'x'", 'x'],
  ["'' || 0", 0],
  ['!0', true],
  ["!''", true],
  ["!'0'", false],
  ['!list', false],
  ["contains(on, 'n')", true],
  ["contains(list, 'b')", true],
  ["contains(list, 'c')", false],
  ["contains(nothing, '')", true],
  ["startsWith(text12, '1')", true],
  ['endsWith(text12, 1)', false],
  ['always()', true],
  ['failed()', false],
  ['later', unknown],
  ['later == 1', unknown],
  ["later || 'x'", unknown],
  ["contains(later, 'x')", unknown],
  ['nothing && later', null],
])('%s', (text, value) => {
  expect(valueOf(text)).toBe(value);
});

test.each<[text: string, holds: unknown]>([
  ['later && false', false],
  ['false && later', false],
  ['later || true', true],
  ['true || later', true],
  ['later || false', unknown],
  ['later && true', unknown],
  ['!later', unknown],
  ['!(later && false)', true],
  ['later == 1 && nothing', false],
  ["'x'", true],
])('whether %s', (text, holds) => {
  expect(truthOf(parseExpression(text).expression, lookup)).toBe(holds);
});

test.each([
  [null, ''],
  [undefined, ''],
  ['a', 'a'],
  [1.5, '1.5'],
  [false, 'false'],
  [{ a: [1] }, '{"a":[1]}'],
])('%j inside a text', (value, text) => {
  expect(toText(value)).toBe(text);
});
