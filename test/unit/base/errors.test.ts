import { expect, test } from 'vitest';
import { errorCodes } from '../../../src/base/errorCodes';
import { reportError, SidebandError, toSidebandError } from '../../../src/base/errors';

test('every code has advice that ends as a sentence', () => {
  for (const [code, advice] of Object.entries(errorCodes)) expect(advice, code).toMatch(/^[A-Z].*\.$/);
});

test('an abort becomes a cancellation, anything else a defect', () => {
  expect(toSidebandError(new DOMException('stop', 'AbortError')).code).toBe('run.cancelled');
  expect(toSidebandError(new TypeError('x is not a function')).code).toBe('internal.bug');
  const error = new SidebandError('auth.rejected', 'no');
  expect(toSidebandError(error)).toBe(error);
});

test('a report carries the better advice, and neither cause nor stack', () => {
  const error = new SidebandError('auth.rejected', 'lab-01 says no', { hint: 'Ask Ada.' }, new Error('inner'));
  expect(reportError(error)).toEqual({ code: 'auth.rejected', message: 'lab-01 says no', hint: 'Ask Ada.' });
});

test('without a word the device was not changed', () => {
  expect(new SidebandError('connect.lost', 'gone').effect).toBe('none');
  expect(new SidebandError('connect.lost', 'gone', { effect: 'unknown' }).effect).toBe('unknown');
});
