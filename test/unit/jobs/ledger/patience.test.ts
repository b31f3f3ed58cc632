import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Patience } from '../../../../src/jobs/ledger/patience';

const busy = Object.assign(new Error('database is locked'), { errcode: 5 });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('the waits for a busy database double up to a quarter of a second', () => {
  const patience = new Patience();
  const waits = Array.from({ length: 8 }, () => patience.after(busy));
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 250, 250]);
});

test('after ten seconds it waits no longer, until it has been renewed', () => {
  const patience = new Patience();
  patience.after(busy);
  vi.advanceTimersByTime(10_000);
  expect(patience.after(busy)).toBe(10);
  vi.advanceTimersByTime(1);
  expect(patience.after(busy)).toBeUndefined();
  patience.renew();
  expect(patience.after(busy)).toBe(5);
});

test.each([
  ['SQLITE_BUSY_SNAPSHOT, an extended code', { errcode: 517 }, 5],
  ['SQLITE_FULL', { errcode: 13 }, undefined],
  ['an error without a code', {}, undefined],
])('%s', (_, fields, waitMs) => {
  expect(new Patience().after(Object.assign(new Error('x'), fields))).toBe(waitMs);
});
