import { expect, test } from 'vitest';
import type { InventorySnapshot } from '../../../../webviews/inventory/contract';
import { describe, rowText, toTable, viewColumn } from '../../../../webviews/inventory/model';

const snapshot: InventorySnapshot = {
  computers: ['lab-01', 'lab-02', 'lab-03'],
  nodes: [],
  node: 'disk-drive',
  columns: ['Slot', 'GiB'],
  lines: [
    { computer: 'lab-01', cells: ['1', 512] },
    { computer: 'lab-01', cells: ['2', null] },
    { computer: 'lab-02', cells: ['1', 256] },
  ],
  notes: [],
  problems: [{ computer: 'lab-03', message: 'nothing answers', advice: 'Look at the cable.' }],
  pending: 0,
  live: 'never',
};

test('many computers are one table, and who did not answer stands below it', () => {
  const table = toTable(snapshot, { query: '' });
  expect(table).toMatchObject({ layout: 'table', isNamed: true, columns: ['Computer', 'Slot', 'GiB'], hidden: 0 });
  expect(table.rows.map(rowText)).toEqual([
    'lab-01\t1\t512',
    'lab-01\t2\t',
    'lab-02\t1\t256',
    'lab-03\tnothing answers',
  ]);
  expect(describe(snapshot, table)).toBe('3 computers · 1 without an answer · 3 rows');
});

test('a filter finds rows, and those that did not answer', () => {
  const table = toTable(snapshot, { query: 'lab-03' });
  expect(table.rows.map(rowText)).toEqual(['lab-03\tnothing answers']);
  expect(describe(snapshot, table)).toBe('3 computers · 1 without an answer · 1 of 4 rows');
});

test('while computers are asked the status says how many have answered', () => {
  const asking = { ...snapshot, pending: 1, problems: [] };
  expect(describe(asking, toTable(asking, { query: '' }))).toBe('2 of 3 computers · 3 rows');
});

test('one computer has no column for its name, and sorts by the same columns', () => {
  const one = { ...snapshot, computers: ['lab-01'], lines: snapshot.lines.slice(0, 2), problems: [] };
  const table = toTable(one, { query: '', sorting: { column: viewColumn(one, 1), direction: 'ascending' } });
  expect(table).toMatchObject({ layout: 'table', isNamed: false, columns: ['Slot', 'GiB'] });
  expect(table.rows.map(rowText)).toEqual(['1\t512', '2\t']);
  expect(describe(one, table)).toBe('2 rows');
});

test('its single row stands upright, and the filter looks at names and values', () => {
  const one = { ...snapshot, computers: ['lab-01'], lines: snapshot.lines.slice(0, 1), problems: [] };
  const table = toTable(one, { query: '' });
  expect(table).toMatchObject({ layout: 'upright', columns: ['Property', 'Value'] });
  expect(table.rows.map(rowText)).toEqual(['Slot\t1', 'GiB\t512']);
  expect(toTable(one, { query: '512' }).rows.map(rowText)).toEqual(['GiB\t512']);
  expect(describe(one, table)).toBe('');
});

test('one computer that did not answer says only why', () => {
  const one = { ...snapshot, computers: ['lab-03'], lines: [] };
  expect(toTable(one, { query: '' }).rows).toEqual([
    { kind: 'problem', computer: undefined, message: 'nothing answers', advice: 'Look at the cable.' },
  ]);
});

test('who can have no rows stands below the others with the reason, and is not said to be silent', () => {
  const noted = { ...snapshot, problems: [], notes: [{ computer: 'lab-03', note: 'it has no drives' }] };
  const table = toTable(noted, { query: '' });
  expect(table.rows.map(rowText).at(-1)).toBe('lab-03\tit has no drives');
  expect(describe(noted, table)).toBe('3 computers · 1 that can have none · 3 rows');
  const alone = { ...noted, computers: ['lab-03'], lines: [] };
  expect(toTable(alone, { query: '' }).rows.map(rowText)).toEqual(['it has no drives']);
});
