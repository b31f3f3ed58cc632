import { expect, test } from 'vitest';
import type { ErrorCode } from '../../../../src/base/errorCodes';
import { allowedFailures, isFailure } from '../../../../src/jobs/machine/failures';
import { mayRetry } from '../../../../src/jobs/machine/mayRetry';
import { beginsAfterMs } from '../../../../src/jobs/machine/spread';
import { outcomes } from '../../../../src/jobs/result';
import { testOperation } from './testOperation';

test('a failure is one that failed, or of which nobody knows', () => {
  expect(outcomes.filter(isFailure)).toEqual(['failed', 'unknown']);
});

test.each<[allowed: number, failFast: Parameters<typeof allowedFailures>[0]['failFast'] & object, total: number]>([
  [0, { count: 0 }, 100],
  [3, { count: 3 }, 2],
  [2, { percent: 20 }, 14],
  [0, { percent: 20 }, 4],
  [10, { percent: 100 }, 10],
])('%i may fail by %o of %i', (allowed, failFast, total) => {
  expect(allowedFailures({ failFast }, total)).toBe(allowed);
});

test('without failFast any number may fail', () => {
  expect(allowedFailures({}, 5)).toBe(Infinity);
});

test('beginnings are spread evenly, and the first is at once', () => {
  expect([0, 1, 2, 3].map((position) => beginsAfterMs(position, 4, 60_000))).toEqual([0, 15_000, 30_000, 45_000]);
});

test.each<[may: boolean, outcome: 'failed' | 'unknown' | 'skipped' | 'cancelled' | 'done', code?: ErrorCode]>([
  [true, 'failed', 'device.busy'],
  [true, 'failed', 'connect.timeout'],
  [true, 'failed', 'operation.timeout'],
  [false, 'unknown', 'connect.lost'],
  [false, 'skipped', 'operation.impossible'],
  [false, 'cancelled', 'run.cancelled'],
  [false, 'done'],
  // Another attempt would meet them again, or lock the account.
  [false, 'failed', 'auth.rejected'],
  [false, 'failed', 'auth.locked'],
  [false, 'failed', 'usage.invalid'],
  [false, 'failed', 'ledger.unavailable'],
  [false, 'failed', 'internal.bug'],
])('%s: a step that came to %s by %s is tried again', (may, outcome, code) => {
  const state = { outcome, attempts: 1, ...(code && { error: { code, message: '', hint: '' } }) };
  expect(mayRetry({ operation: testOperation({ repeatable: false }), retries: 1 }, state)).toBe(may);
  expect(mayRetry({ operation: testOperation({ repeatable: false }), retries: 0 }, state)).toBe(false);
});

test('what may have happened is tried again only where that does no harm', () => {
  const lost = { outcome: 'unknown', attempts: 1, error: { code: 'connect.lost', message: '', hint: '' } } as const;
  expect(mayRetry({ operation: testOperation({ repeatable: true }), retries: 1 }, lost)).toBe(true);
  expect(mayRetry({ operation: testOperation({ repeatable: true }), retries: 1 }, { ...lost, attempts: 2 })).toBe(
    false,
  );
  const interrupted = { ...lost, error: { code: 'run.interrupted', message: '', hint: '' } } as const;
  expect(mayRetry({ operation: testOperation({ repeatable: true }), retries: 1 }, interrupted)).toBe(false);
});
