import { expect, test } from 'vitest';
import { toDetail } from '../../../../src/extension/panels/cellDetail';
import { cellWord } from '../../../../src/extension/panels/cellWord';
import { RunMatrix } from '../../../../src/extension/panels/runMatrix';
import type { RecordedResult, RecordedStep, RunRecord } from '../../../../src/jobs/ledger';

/** Places in `outcomesByUrgency`. */
const [failed, unknown, running, notBegun, done] = [0, 1, 2, 6, 7];

const idle = (computer: string): RecordedResult => ({ computer, ok: false, outcome: 'not-begun', durationMs: 0 });
const step = (computer: string, number: number, more: Partial<RecordedStep> = {}): RecordedStep => ({
  computer,
  step: number,
  ok: true,
  outcome: 'done',
  durationMs: 300,
  attempts: 1,
  ...more,
});
const timeout = { code: 'connect.timeout', message: 'lab-02: nothing answers', hint: 'Look at its cable.' } as const;

function record(more: Partial<RunRecord> = {}): RunRecord {
  return {
    id: 'run-1',
    kind: 'job',
    subject: 'patch.yaml',
    title: 'Patch',
    folder: '/fleet',
    targets: '@all',
    startedAt: '2026-01-01T00:00:00.000Z',
    state: 'running',
    counts: {},
    danger: 'disruptive',
    parameters: {},
    planHash: '',
    results: ['lab-01', 'lab-02'].map(idle),
    job: {
      source: { file: 'patch.yaml', texts: {}, inputs: {} },
      steps: [
        { id: 'wake', title: 'Wake', uses: 'power.on', role: 'step' },
        { id: 'restore', title: 'Restore', uses: 'power.restore', role: 'finally' },
      ],
    },
    ...more,
  };
}

test('a job has a column for each step; what has no record has not begun', () => {
  const matrix = new RunMatrix(record());
  expect(matrix.computers).toEqual(['lab-01', 'lab-02']);
  expect(matrix.steps.map(({ title, role }) => [title, role])).toEqual([
    ['Wake', 'step'],
    ['Restore', 'finally'],
  ]);
  expect([...matrix.all().outcomes]).toEqual([notBegun, notBegun, notBegun, notBegun, notBegun, notBegun]);
  expect(matrix.takeChanges()).toBeUndefined();
});

test('only what has changed is told, and each word once', () => {
  const matrix = new RunMatrix(record());
  matrix.all();
  const more = { before: 'off', value: { power: 'on' } };
  matrix.apply({ state: 'running', results: [], steps: [step('lab-01', 0, more), step('lab-02', 0, more)] });
  expect(matrix.takeChanges()).toEqual({
    at: Uint32Array.of(1, 4),
    outcomes: Uint8Array.of(done, done),
    durations: Uint32Array.of(300, 300),
    words: Uint32Array.of(1, 1),
    newWords: ['off → on'],
  });
  matrix.apply({
    state: 'running',
    results: [{ ...idle('lab-02'), outcome: 'failed', durationMs: 9300.4, error: timeout }],
    steps: [step('lab-01', 0, more)],
  });
  expect(matrix.takeChanges()).toEqual({
    at: Uint32Array.of(3),
    outcomes: Uint8Array.of(failed),
    durations: Uint32Array.of(9300),
    words: Uint32Array.of(2),
    newWords: ['connect.timeout'],
  });
  expect(matrix.takeChanges()).toBeUndefined();
  expect(matrix.all().newWords).toEqual(['', 'off → on', 'connect.timeout']);
  expect(matrix.counts()).toEqual(
    new Map([
      ['not-begun', 1],
      ['failed', 1],
    ]),
  );
});

test('what names no cell of the run is left alone, whoever says it', () => {
  const matrix = new RunMatrix(record());
  matrix.all();
  matrix.apply({
    state: 'running',
    results: [{ ...idle('elsewhere'), outcome: 'failed' }],
    steps: [step('lab-01', 2), step('lab-01', -2), step('lab-01', 0.5), step('elsewhere', 0)],
  });
  expect(matrix.takeChanges()).toBeUndefined();
  matrix.apply({ state: 'running', results: [], steps: [step('lab-02', 1)] });
  const asked = [
    ['lab-02', 2],
    ['lab-02', 1],
    ['lab-02', 3],
    ['lab-02', '2'],
    ['lab-02', -1],
    ['__proto__', 2],
    [undefined, Number.NaN],
  ];
  expect(asked.map(([computer, column]) => matrix.record(computer, column)?.outcome)).toEqual([
    'done',
    ...Array.from({ length: 6 }, () => undefined),
  ]);
});

test('a run of one operation is one column', () => {
  const { job: _, ...operation } = record({ kind: 'operation', title: 'Power On', subject: 'power.on' });
  const matrix = new RunMatrix({ ...operation, results: [{ ...idle('lab-01'), outcome: 'running' }] });
  expect(matrix.steps).toEqual([{ title: 'Power On', uses: 'power.on', role: 'step' }]);
  expect([...matrix.all().outcomes]).toEqual([running, running]);
  matrix.apply({ state: 'running', results: [{ ...idle('lab-01'), ok: true, outcome: 'done' }], steps: [] });
  expect([...(matrix.takeChanges()?.outcomes ?? [])]).toEqual([done, done]);
});

test('a step that was under way when its process died may have happened', () => {
  const matrix = new RunMatrix(record());
  matrix.apply({ state: 'interrupted', results: [], steps: [step('lab-01', 0, { outcome: 'running', ok: false })] });
  expect(matrix.all().outcomes[1]).toBe(unknown);
});

test('the step after the last that has ended is running while its computer is, though it only reads', () => {
  const matrix = new RunMatrix(record());
  const outcomes = (): readonly number[] => [...matrix.all().outcomes].slice(0, 3);
  const result = (outcome: RecordedResult['outcome']): RecordedResult => ({ ...idle('lab-01'), outcome });
  const apply = (results: readonly RecordedResult[], ...steps: readonly RecordedStep[]): void => {
    matrix.apply({ state: 'running', results, steps });
  };
  apply([result('running')], step('lab-01', 0, { outcome: 'running' }));
  expect(outcomes()).toEqual([running, running, notBegun]);
  apply([], step('lab-01', 0));
  expect(outcomes()).toEqual([running, done, running]);
  expect(matrix.record('lab-01', 2)).toMatchObject({ computer: 'lab-01', outcome: 'running' });
  apply([], step('lab-01', 1));
  expect(matrix.takeChanges()?.at).toEqual(Uint32Array.of(2));
  apply([result('done')]);
  expect(outcomes()).toEqual([done, done, done]);
});

test.each(['failed', 'unknown'] as const)(
  'after a step that is %s the next is not told to run: it may be tried again',
  (outcome) => {
    const matrix = new RunMatrix(record({ results: [{ ...idle('lab-01'), outcome: 'running' }] }));
    matrix.apply({ state: 'running', results: [], steps: [step('lab-01', 0, { ok: false, outcome })] });
    expect(matrix.all().outcomes[2]).toBe(notBegun);
    expect(matrix.record('lab-01', 2)).toBeUndefined();
  },
);

test('a computer whose process has died is at no step', () => {
  const matrix = new RunMatrix(record({ results: [{ ...idle('lab-01'), outcome: 'running' }] }));
  matrix.apply({ state: 'running', results: [], steps: [step('lab-01', 0)] });
  expect(matrix.all().outcomes[2]).toBe(running);
  matrix.apply({ state: 'interrupted', results: [{ ...idle('lab-01'), outcome: 'unknown' }], steps: [] });
  expect([...(matrix.takeChanges()?.outcomes ?? [])]).toEqual([unknown, notBegun]);
});

test.each([
  [{ error: timeout, before: 'off' }, 'connect.timeout'],
  [{ before: 'off', value: { power: 'on' } }, 'off → on'],
  [{ before: 'on', value: { power: 'on' } }, 'on'],
  [{ before: 'off' }, ''],
  [{ outcome: 'skipped', error: { code: 'operation.impossible', message: '' } }, 'impossible'],
  [{ value: { columns: ['Slot', 'Size'], rows: [['A1', 8]] } }, '1 row'],
  [{ value: { rows: [1, 2, 3] } }, '3 rows'],
  [{ value: { ports: [1, 2] } }, '2 ports'],
  [{ value: { count: 7 } }, '7 count'],
  [{ value: 'text' }, 'text'],
  [{ value: { yaml: 'a:\n  b' } }, ''],
  [{ value: null }, ''],
  [{ value: 'x'.repeat(50) }, `${'x'.repeat(39)}…`],
  [{ outcome: 'running', before: 'off' }, ''],
] as const)('the word of %j is %j', (more, word) => {
  expect(cellWord(step('lab-01', 0, more as Partial<RecordedStep>))).toBe(word);
});

test('the details of a cell are words, and long values are cut', () => {
  const failure = step('lab-02', 0, {
    outcome: 'failed',
    ok: false,
    technology: 'ipmi',
    attempts: 3,
    before: 'off',
    error: timeout,
    tried: [{ technology: 'amt', code: 'auth.rejected' }],
  });
  expect(toDetail(failure)).toEqual({
    outcome: 'failed',
    durationMs: 300,
    tried: ['amt: auth.rejected'],
    technology: 'ipmi',
    attempts: 3,
    before: 'off',
    error: { code: 'connect.timeout', message: 'nothing answers', advice: 'Look at its cable.' },
  });
  expect(toDetail(step('lab-01', 0, { value: { power: 'on' } })).value).toBe('{\n  "power": "on"\n}');
  expect(toDetail(step('lab-01', 0, { value: { yaml: 'a: 1\n' } })).value).toBe('a: 1\n');
  expect(toDetail(step('lab-01', 0, { value: 'x'.repeat(200_000) })).value).toHaveLength(100_002);
});
