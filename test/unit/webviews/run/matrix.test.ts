import { expect, test } from 'vitest';
import type { RunSnapshot } from '../../../../webviews/run/contract';
import { Matrix } from '../../../../webviews/run/matrix';
import { type MatrixView, nextSort, RowOrder } from '../../../../webviews/run/order';
import { cellText, describeCell, describeRows, describeTimes } from '../../../../webviews/run/words';

/** Places in `outcomesByUrgency`. */
const [failed, running, skipped, notBegun, done] = [0, 2, 5, 6, 7];

const names = ['node10', 'node9', 'lab-01', 'lab-02'];

/** Four computers by two steps. */
function stage(): Matrix {
  const snapshot: RunSnapshot = {
    version: 1,
    head: {
      id: 'run-1',
      title: 'Patch',
      targets: '@all',
      state: 'running',
      startedAt: 0,
      can: { cancel: false, resume: false, rerun: false, export: false },
    },
    computers: names,
    steps: [
      { title: 'Wake', uses: 'power.on', role: 'step' },
      { title: 'Restore', uses: 'power.restore', role: 'finally' },
    ],
    cells: {
      outcomes: Uint8Array.of(
        ...[done, done, done],
        ...[failed, failed, skipped],
        ...[running, done, running],
        ...[notBegun, notBegun, notBegun],
      ),
      durations: Uint32Array.of(900, 300, 600, 5000, 5000, 0, 0, 100, 0, 0, 0, 0),
      words: Uint32Array.of(0, 2, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0),
      newWords: ['', 'connect.timeout', 'off → on'],
    },
  };
  return new Matrix(snapshot);
}

const all: MatrixView = { query: '', outcomes: [], sort: 'plan', column: 0 };
const shown = (matrix: Matrix, view: Partial<MatrixView>): readonly string[] =>
  Array.from(new RowOrder(names).rows(matrix, { ...all, ...view }), (row) => names[row] ?? '');

test('cells are told by row and column, and computers counted by their outcomes', () => {
  const matrix = stage();
  expect(matrix.facts(0, 1)).toEqual({ outcome: 'done', durationMs: 300, word: 'off → on' });
  expect(matrix.facts(1, 0)).toEqual({ outcome: 'failed', durationMs: 5000, word: 'connect.timeout' });
  expect([...matrix.counts]).toEqual([1, 0, 1, 0, 0, 0, 1, 1, 0]);
});

test('changes move the counts, and bring words of their own', () => {
  const matrix = stage();
  matrix.apply({
    at: Uint32Array.of(6, 8),
    outcomes: Uint8Array.of(failed, failed),
    durations: Uint32Array.of(70, 60),
    words: Uint32Array.of(3, 3),
    newWords: ['device.busy'],
  });
  expect(matrix.facts(2, 2)).toEqual({ outcome: 'failed', durationMs: 60, word: 'device.busy' });
  expect([...matrix.counts]).toEqual([2, 0, 0, 0, 0, 0, 1, 1, 0]);
});

test('what needs a look comes first, as a whole or in one step', () => {
  expect(shown(stage(), { sort: 'urgency' })).toEqual(['node9', 'lab-01', 'lab-02', 'node10']);
  expect(shown(stage(), { sort: 'urgency', column: 2 })).toEqual(['lab-01', 'node9', 'lab-02', 'node10']);
});

test('names are sorted by their numbers, durations from the longest, the plan as it is', () => {
  expect(shown(stage(), { sort: 'name' })).toEqual(['lab-01', 'lab-02', 'node9', 'node10']);
  expect(shown(stage(), { sort: 'duration', column: 1 })).toEqual(['node9', 'node10', 'lab-01', 'lab-02']);
  expect(shown(stage(), {})).toEqual(names);
});

test('names are filtered by words, computers by what became of them', () => {
  expect(shown(stage(), { query: 'LAB 2' })).toEqual(['lab-02']);
  expect(shown(stage(), { outcomes: ['failed', 'done'] })).toEqual(['node10', 'node9']);
  expect(shown(stage(), { outcomes: ['failed', 'done'], query: 'node9' })).toEqual(['node9']);
  expect(shown(stage(), { outcomes: ['unknown'] })).toEqual([]);
});

test('a title sorts by its step: first what failed, then what took long, then as before', () => {
  const columns = 3;
  const first = nextSort(all, 2, columns);
  expect(first).toEqual({ sort: 'urgency', column: 2 });
  const second = nextSort({ ...all, ...first }, 2, columns);
  expect(second).toEqual({ sort: 'duration', column: 2 });
  expect(nextSort({ ...all, ...second }, 2, columns)).toEqual({ sort: 'urgency', column: 0 });
  expect(nextSort(all, 0, columns)).toEqual({ sort: 'urgency', column: 0 });
  expect(nextSort({ ...all, sort: 'urgency' }, 0, columns)).toEqual({ sort: 'name', column: 0 });
  expect(nextSort({ ...all, sort: 'urgency' }, 3, columns)).toEqual({ sort: 'duration', column: 0 });
  expect(nextSort({ ...all, sort: 'duration' }, 3, columns)).toEqual({ sort: 'urgency', column: 0 });
});

test('a cell says its word, else its duration, else its outcome', () => {
  expect(cellText({ outcome: 'done', durationMs: 300, word: 'off → on' })).toBe('off → on');
  expect(cellText({ outcome: 'done', durationMs: 9300, word: '' })).toBe('9.3 s');
  expect(cellText({ outcome: 'skipped', durationMs: 0, word: '' })).toBe('skipped');
  expect(cellText({ outcome: 'not-begun', durationMs: 0, word: '' })).toBe('');
  expect(describeCell({ outcome: 'failed', durationMs: 9300, word: 'connect.timeout' })).toBe(
    'failed, connect.timeout, 9.3 s',
  );
});

test('the foot says how many are shown, and how long it took', () => {
  expect(describeRows(10_000, 10_000)).toBe('10,000 computers');
  expect(describeRows(1, 10_000)).toBe('1 of 10,000 computers');
  expect(describeRows(1, 1)).toBe('1 computer');
  const head = { ...headOf('running'), startedAt: 1_000_000 };
  expect(describeTimes(head, 1_065_400)).toMatch(/^started .*, 1 min 5 s$/);
  expect(describeTimes({ ...headOf('finished'), startedAt: 0, endedAt: 9300 }, 99_000)).toMatch(/, took 9\.3 s$/);
  expect(describeTimes({ ...headOf('interrupted'), startedAt: 0 }, 99_000)).toMatch(/^started [^,]*(, [^,]*)?$/);
});

function headOf(state: RunSnapshot['head']['state']): RunSnapshot['head'] {
  const can = { cancel: false, resume: false, rerun: false, export: false };
  return { id: 'run-1', title: 'Patch', targets: '@all', state, startedAt: 0, can };
}
