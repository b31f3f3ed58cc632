import { beforeEach, expect, test } from 'vitest';
import { reportError, SidebandError } from '../../../../src/base/errors';
import { InventoryState } from '../../../../src/extension/panels/inventoryState';
import type { ComputerResult } from '../../../../src/jobs/result';
import { fieldReplaceableUnits } from '../../../../src/nodes/hardware/fieldReplaceableUnits';
import { motherboard } from '../../../../src/nodes/hardware/motherboard';
import { users } from '../../../../src/nodes/users/users';
import { fakeComputer } from '../../../fakes/technology';
import { resetFake } from '../../../fakes/vscode';

beforeEach(resetFake);

const [lab1, lab2, lab3] = ['lab-1', 'lab-2', 'lab-3'].map((name) => fakeComputer(name, ['ipmi'])) as [
  ReturnType<typeof fakeComputer>,
  ReturnType<typeof fakeComputer>,
  ReturnType<typeof fakeComputer>,
];
const fruRow = (unit: number, value: string) => [unit, 'Board', 'board', 'Serial number', value, null];
const answer = (computer: string, ...rows: readonly (readonly (string | number | null)[])[]): ComputerResult => ({
  computer,
  ok: true,
  outcome: 'done',
  durationMs: 1,
  value: { columns: fieldReplaceableUnits.columns, rows },
});
const failure = (computer: string, code: SidebandError['code']): ComputerResult => ({
  computer,
  ok: false,
  outcome: 'failed',
  durationMs: 1,
  error: reportError(new SidebandError(code, `${computer}: it did not work`)),
});

function stage(): InventoryState {
  const state = new InventoryState([lab1, lab2, lab3], fieldReplaceableUnits);
  state.begin();
  return state;
}

test('the page sees answers in the order of the computers, and how many are missing', () => {
  const state = stage();
  expect(state.snapshot).toMatchObject({ pending: 3, lines: [], problems: [], live: 'never' });
  state.add(lab2, answer('lab-2', fruRow(0, 'B')));
  state.add(lab1, answer('lab-1', fruRow(0, 'A'), fruRow(1, 'C')));
  state.add(lab3, failure('lab-3', 'auth.rejected'));
  const { lines, problems, pending } = state.snapshot;
  expect(lines.map(({ computer, cells }) => [computer, cells[4]])).toEqual([
    ['lab-1', 'A'],
    ['lab-1', 'C'],
    ['lab-2', 'B'],
  ]);
  expect(problems).toEqual([
    { computer: 'lab-3', message: 'it did not work', advice: expect.stringContaining('Enter Password') as string },
  ]);
  expect(pending).toBe(0);
});

test('what was read before stays until the computer answers anew; another node begins empty', () => {
  const state = stage();
  state.add(lab1, answer('lab-1', fruRow(0, 'A')));
  state.begin();
  expect(state.snapshot.lines).toHaveLength(1);
  state.choose('users');
  expect(state.node).toBe(users);
  expect(state.snapshot).toMatchObject({ node: 'users', lines: [], columns: users.columns, live: 'off' });
  expect(state.snapshot.at).toBeUndefined();
});

test('a node that the computers do not offer cannot be chosen, whatever the page says', () => {
  const state = stage();
  for (const id of ['nothing', '', undefined, {}, '__proto__'])
    expect(() => {
      state.choose(id);
    }).toThrow(/no node/);
  expect(state.node).toBe(fieldReplaceableUnits);
  expect(() => new InventoryState([fakeComputer('lone', [])])).toThrow(
    'no technology of these computers offers a node',
  );
});

test('only audit nodes are live: of one computer by themselves, of many when that is asked for', () => {
  const one = new InventoryState([lab1], users);
  expect(one.isLive).toBe(true);
  one.setLive('off');
  expect(one.isLive).toBe(false);
  const many = stage();
  many.setLive('on');
  expect(many.isLive).toBe(false);
  many.choose('users');
  expect(many.isLive).toBe(true);
  many.setLive({ on: true });
  expect(many.snapshot.live).toBe('off');
});

test('who refused a login or a certificate is not asked again by itself', () => {
  const state = stage();
  state.add(lab1, failure('lab-1', 'auth.rejected'));
  state.add(lab2, failure('lab-2', 'connect.timeout'));
  state.add(lab3, failure('lab-3', 'tls.changed'));
  expect(state.askedAgain).toEqual([lab2]);
});

test('what is exported is what the view shows, in its order', () => {
  const state = stage();
  state.add(lab1, answer('lab-1', fruRow(0, 'A1'), fruRow(1, 'B')));
  state.add(lab2, answer('lab-2', fruRow(0, 'A2')));
  state.add(lab3, failure('lab-3', 'connect.timeout'));
  const report = state.report({ query: 'a', sorting: { column: 5, direction: 'descending' } });
  expect(report.rows.map(({ computer, cells }) => `${computer} ${String(cells[4])}`)).toEqual([
    'lab-1 B',
    'lab-2 A2',
    'lab-1 A1',
  ]);
  expect(report.problems.map(({ computer }) => computer)).toEqual(['lab-3']);
  expect(state.report({ query: 'A2' })).toMatchObject({
    node: 'field-replaceable-units',
    rows: [{ computer: 'lab-2' }],
    problems: [],
  });
});

test('the query of a computer that stands upright is about columns, and leaves its row whole', () => {
  const state = new InventoryState([lab1], motherboard);
  state.add(lab1, { ...answer('lab-1'), value: { columns: motherboard.columns, rows: [['Maker', 'Board']] } });
  expect(state.report({ query: 'serial' }).rows).toHaveLength(1);
});

test.each([
  undefined,
  'x',
  {},
  { query: 1 },
  { query: '', sorting: { column: -1, direction: 'ascending' } },
  { query: '', evil: 1 },
])('the view %j is refused', (view) => {
  expect(() => stage().report(view)).toThrow('this is no view of a table');
});
