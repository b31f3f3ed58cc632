import { expect, test } from 'vitest';
import type { Move, StepState, StopMode } from '../../../../src/jobs/machine/move';
import { nextMove } from '../../../../src/jobs/machine/nextMove';
import type { Program } from '../../../../src/jobs/program/program';
import { type BlockOptions, programOf, status } from '../running/programs';
import { testOperation } from './testOperation';

const [cycle, set] = [testOperation({ repeatable: false }), testOperation({ repeatable: true })];

const state = (outcome: StepState['outcome'], attempts = 1, code?: 'device.busy' | 'run.halted'): StepState => ({
  outcome,
  attempts,
  ...(code && { error: { code, message: '', hint: '' } }),
});
const [done, failed, impossible] = [
  state('done'),
  state('failed', 1, 'device.busy'),
  state('skipped', 1, 'device.busy'),
];
const [leftOut, cancelled, halted] = [state('skipped', 0), state('cancelled', 0), state('skipped', 0, 'run.halted')];
const running = state('running');

function move(options: BlockOptions, states: Readonly<Record<string, StepState>>, stop: StopMode = 'none'): string {
  const program = programOf(options);
  const asked: string[] = [];
  const next = nextMove({
    program,
    states: program.steps.map(({ id }) => states[id]),
    stop,
    holds: (item, standing) => {
      asked.push(item.id);
      return (
        item.condition?.kind === 'call' &&
        { ...standing, always: true, succeeded: !standing.failed }[item.condition.name as 'failed']
      );
    },
  });
  return describe(next, program);
}

function describe(next: Move, { steps }: Program): string {
  expect(steps.map(({ index }) => index)).toEqual(steps.map((_, index) => index));
  switch (next.kind) {
    case 'try':
      return `try ${next.step.id} #${next.attempt}${next.delayMs > 0 ? ` after ${next.delayMs}` : ''}${next.inFinally ? ' in finally' : ''}`;
    case 'close':
      return `close ${next.steps.map(({ id }) => id).join(' ')} as ${next.closing.as}`;
    case 'end':
      return `end ${next.verdict.outcome}${next.verdict.ok ? '' : ' not ok'}${next.verdict.step ? ` by ${next.verdict.step.id}` : ''}`;
  }
}

const plain: BlockOptions = { steps: { a: { uses: cycle }, b: { uses: set } }, finally: { z: { uses: set } } };

test.each<[expected: string, states: Readonly<Record<string, StepState>>, stop?: StopMode]>([
  ['try a #1', {}],
  ['try b #1', { a: done }],
  ['try b #1', { a: state('unverified') }],
  ['try b #1', { a: state('already') }],
  ['try b #1', { a: leftOut }],
  ['close b as left-out', { a: failed }],
  ['close b as left-out', { a: impossible }],
  ['close b as left-out', { a: state('unknown') }],
  ['try z #1 in finally', { a: done, b: done }],
  ['try z #1 in finally', { a: failed, b: leftOut }],
  ['end done by a', { a: done, b: done, z: done }],
  ['end failed not ok by a', { a: failed, b: leftOut, z: done }],
  ['end unknown not ok by z', { a: failed, b: leftOut, z: state('unknown') }],
  ['end skipped not ok by a', { a: impossible, b: leftOut, z: done }],
  ['end unverified by b', { a: done, b: state('unverified'), z: done }],
  ['end done by z', { a: state('already'), b: leftOut, z: done }],
  // Nothing was tried, so there is nothing to clean up.
  ['close z as not-begun', { a: state('failed', 0, 'device.busy'), b: leftOut }],
  ['end skipped', { a: leftOut, b: leftOut, z: leftOut }],
  // What was in flight when its process died.
  ['close a as interrupted', { a: running }],
  ['try b #1', { a: done, b: undefined as unknown as StepState }],
  ['try b #2', { a: done, b: state('running', 2) }],
  ['close b as interrupted', { a: done, b: running }, 'windDown'],
  // Ended early.
  ['close a b as cancelled', {}, 'windDown'],
  ['close a b as halted', {}, 'halt'],
  ['close b as cancelled', { a: done }, 'windDown'],
  ['close b as halted', { a: done }, 'halt'],
  ['close b as cancelled', { a: failed }, 'windDown'],
  ['try z #1 in finally', { a: done, b: cancelled }, 'windDown'],
  ['try z #1 in finally', { a: done, b: halted }, 'halt'],
  ['close z as cancelled', { a: done, b: cancelled }, 'stop'],
  ['close z as not-begun', { a: cancelled, b: cancelled }, 'windDown'],
  ['end cancelled not ok by b', { a: done, b: cancelled, z: done }],
  ['end skipped not ok by b', { a: done, b: halted, z: done }],
  // An earlier process had no time to write it down for all.
  ['close b as cancelled', { a: cancelled }],
  ['close b as halted', { a: halted }],
])('%s: after %o, %s', (expected, states, stop) => {
  expect(move(plain, states, stop)).toBe(expected);
});

test.each<[expected: string, states: Readonly<Record<string, StepState>>, stop?: StopMode]>([
  ['try a #2 after 5000', { a: state('failed', 1, 'device.busy') }],
  ['try a #3 after 5000', { a: state('failed', 2, 'device.busy') }],
  ['close b as left-out', { a: state('failed', 3, 'device.busy') }],
  ['close b as left-out', { a: state('unknown', 1, 'device.busy') }],
  ['try b #2 after 5000', { a: done, b: state('unknown', 1, 'device.busy') }],
  ['try z #1 in finally', { a: done, b: state('unknown', 3, 'device.busy') }],
  ['close b as cancelled', { a: state('failed', 1, 'device.busy') }, 'windDown'],
  ['try z #1 in finally', { a: state('failed', 1, 'device.busy'), b: cancelled }, 'windDown'],
  // A process that was wound down went past it.
  ['try z #1 in finally', { a: state('failed', 1, 'device.busy'), b: cancelled }],
  ['try z #2 after 5000 in finally', { a: done, b: done, z: state('failed', 1, 'device.busy') }, 'windDown'],
  ['end failed not ok by z', { a: done, b: done, z: state('failed', 1, 'device.busy') }, 'stop'],
])('with two retries %s: after %o, %s', (expected, states, stop) => {
  const retries = { retries: 2, retryDelayMs: 5000 };
  const options: BlockOptions = {
    steps: { a: { uses: cycle, ...retries }, b: { uses: set, ...retries } },
    finally: { z: { uses: set, ...retries } },
  };
  expect(move(options, states, stop)).toBe(expected);
});

test.each<[expected: string, states: Readonly<Record<string, StepState>>]>([
  ['try b #1', { a: failed }],
  ['try b #1', { a: impossible }],
  ['end done by b', { a: state('unknown'), b: done }],
  ['end skipped', { a: failed, b: leftOut }],
  // That it was broken off is no error of the step.
  ['end cancelled not ok by a', { a: state('cancelled'), b: done }],
  ['end skipped not ok by a', { a: halted, b: done }],
])('with continueOnError %s: after %o', (expected, states) => {
  expect(move({ steps: { a: { uses: cycle, continueOnError: true }, b: { uses: set } } }, states)).toBe(expected);
});

test.each<[expected: string, states: Readonly<Record<string, StepState>>]>([
  ['close a as left-out', {}],
  ['try b #1', { a: leftOut }],
  ['try a #1', { before: failed }],
  ['try b #1', { before: failed, a: done }],
])('by its condition %s: after %o', (expected, states) => {
  const options: BlockOptions = {
    steps: {
      before: { uses: set },
      a: { uses: set, if: status('failed') },
      b: { uses: set, if: status('always') },
    },
  };
  expect(move(options, { before: done, ...states })).toBe(expected);
});

const nested: BlockOptions = {
  steps: {
    first: { uses: set },
    call: {
      calls: { steps: { a: { uses: cycle }, b: { uses: set } }, finally: { z: { uses: set } } },
    },
    last: { uses: set },
  },
  finally: { end: { uses: set } },
};

test.each<[expected: string, states: Readonly<Record<string, StepState>>, stop?: StopMode]>([
  ['try call/a #1', { first: done }],
  ['close call/a call/b call/z as left-out', { first: failed }],
  ['close call/b call/z as left-out', { first: failed, 'call/a': leftOut }],
  ['close last as left-out', { first: failed, 'call/a': leftOut, 'call/b': leftOut, 'call/z': leftOut }],
  ['try call/z #1 in finally', { first: done, 'call/a': failed, 'call/b': leftOut }],
  ['close last as left-out', { first: done, 'call/a': failed, 'call/b': leftOut, 'call/z': done }],
  ['try last #1', { first: done, 'call/a': done, 'call/b': done, 'call/z': done }],
  ['close call/b as cancelled', { first: done, 'call/a': done }, 'windDown'],
  ['try call/z #1 in finally', { first: done, 'call/a': done, 'call/b': cancelled }, 'windDown'],
  ['close last as cancelled', { first: done, 'call/a': done, 'call/b': cancelled, 'call/z': done }, 'windDown'],
  ['close last as cancelled', { first: done, 'call/a': done, 'call/b': cancelled, 'call/z': done }],
  ['close call/a call/b call/z last as cancelled', { first: done }, 'windDown'],
  ['close call/z as cancelled', { first: done, 'call/a': done, 'call/b': cancelled }, 'stop'],
  [
    'end failed not ok by call/a',
    { first: done, 'call/a': failed, 'call/b': leftOut, 'call/z': done, last: leftOut, end: done },
  ],
])('with a called job %s: after %o, %s', (expected, states, stop) => {
  expect(move(nested, states, stop)).toBe(expected);
});

const cleanUp: BlockOptions = {
  steps: { a: { uses: set } },
  finally: { tidy: { calls: { steps: { b: { uses: set }, c: { uses: set } }, finally: { z: { uses: set } } } } },
};

test.each<[expected: string, states: Readonly<Record<string, StepState>>, stop?: StopMode]>([
  // It has its own failures.
  ['try tidy/b #1 in finally', { a: failed }],
  ['try tidy/c #1 in finally', { a: failed, 'tidy/b': done }],
  ['close tidy/c as left-out', { a: failed, 'tidy/b': failed }],
  ['try tidy/b #1 in finally', { a: cancelled, other: done }, 'windDown'],
  ['close tidy/b tidy/c tidy/z as not-begun', { a: cancelled }, 'windDown'],
  ['try tidy/c #1 in finally', { a: done, 'tidy/b': done }, 'windDown'],
  ['close tidy/c as cancelled', { a: done, 'tidy/b': done }, 'stop'],
])('with a job called in finally %s: after %o, %s', (expected, states, stop) => {
  const tried = 'other' in states ? { ...states, a: state('cancelled') } : states;
  expect(move(cleanUp, tried, stop)).toBe(expected);
});

test('a called job is excused as a step is', () => {
  const options: BlockOptions = {
    steps: { call: { calls: { steps: { a: { uses: cycle } } }, continueOnError: true }, b: { uses: set } },
  };
  expect(move(options, { 'call/a': failed })).toBe('try b #1');
  expect(move(options, { 'call/a': failed, b: done })).toBe('end done by b');
});

test('cancelled() holds in finally when steps of the same job were broken off', () => {
  const options: BlockOptions = {
    steps: { a: { uses: set }, b: { uses: set } },
    finally: { z: { uses: set, if: status('cancelled') } },
  };
  expect(move(options, { a: done, b: cancelled })).toBe('try z #1 in finally');
  expect(move(options, { a: done, b: halted })).toBe('try z #1 in finally');
  expect(move(options, { a: done, b: done }, 'windDown')).toBe('close z as left-out');
});
