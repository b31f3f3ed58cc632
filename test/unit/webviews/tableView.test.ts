import { expect, test } from 'vitest';
import { applyView, cellAt, type Line } from '../../../webviews/shared/tableView';

const lines: readonly Line[] = [
  { computer: 'node10', cells: ['DIMM B2', 8192, true] },
  { computer: 'node9', cells: ['dimm a10', null, false] },
  { computer: 'node9', cells: ['DIMM A2', -3.5, true] },
  { computer: 'node1', cells: ['', 'unknown', null] },
];
const order = (view: Parameters<typeof applyView>[1]): readonly number[] =>
  applyView(lines, view).map((line) => lines.indexOf(line));

test.each<[string, readonly number[]]>([
  ['', [0, 1, 2, 3]],
  ['dimm', [0, 1, 2]],
  ['DIMM a', [1, 2]],
  ['node9 true', [2]],
  ['  b2  ', [0]],
  ['nothing', []],
  ['node9\tdimm', [1, 2]],
])('the words "%s" leave %j', (query, expected) => {
  expect(order({ query })).toEqual(expected);
});

test.each<[number, 'ascending' | 'descending', readonly number[]]>([
  [0, 'ascending', [3, 1, 2, 0]],
  [0, 'descending', [0, 1, 2, 3]],
  [1, 'ascending', [2, 1, 0, 3]],
  [1, 'descending', [0, 1, 2, 3]],
  [2, 'ascending', [2, 0, 3, 1]],
  [2, 'descending', [3, 0, 2, 1]],
])('column %i, %s: %j; equal rows stay in order, empty cells come last', (column, direction, expected) => {
  expect(order({ query: '', sorting: { column, direction } })).toEqual(expected);
});

test('a column that is not there is empty', () => {
  expect(cellAt(lines[0]!, 9)).toBeNull();
  expect(order({ query: '', sorting: { column: 9, direction: 'descending' } })).toEqual([0, 1, 2, 3]);
});
