import { expect, test } from 'vitest';
import { judge, judgeCount } from '../../../../src/protocols/ipmi/evidence';

test.each([
  ['nothing is missing', { missing: 0, atLeast: 0, atMost: 0 }, 'not-happened'],
  ['one is missing and no question was lost', { missing: 1, atLeast: 0, atMost: 0 }, 'answered'],
  ['one is missing, which the lost question explains or not', { missing: 1, atLeast: 0, atMost: 1 }, 'unclear'],
  ['more are missing than lost questions explain', { missing: 2, atLeast: 0, atMost: 1 }, 'answered'],
  ['the missing one is that of a question', { missing: 1, atLeast: 1, atMost: 1 }, 'not-happened'],
  ['the missing ones are a question and the act', { missing: 2, atLeast: 1, atMost: 1 }, 'answered'],
] as const)('%s', (_, count, verdict) => {
  expect(judgeCount(count)).toBe(verdict);
});

test.each([
  ['unclear', 'happened', 'happened'],
  ['answered', 'happened', 'happened'],
  ['answered', 'unchanged', 'answered'],
  ['not-happened', 'unclear', 'not-happened'],
  ['unclear', 'unchanged', 'not-happened'],
  ['unclear', 'unclear', 'unclear'],
] as const)('numbers that say %s and a state that says %s mean %s', (counted, state, verdict) => {
  expect(judge(counted, state)).toBe(verdict);
});
