import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDeadline } from '../../../src/base/deadline';
import { sleep } from '../../../src/base/sleep';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('when the time is up the reason says how long it was', () => {
  using deadline = startDeadline(new AbortController().signal, 1500);
  vi.advanceTimersByTime(1499);
  expect(deadline.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(deadline.signal.reason).toMatchObject({ code: 'operation.timeout', message: 'no result within 1.5 s' });
});

test('it ends with its parent, also when that has ended before', () => {
  const parent = new AbortController();
  using before = startDeadline(parent.signal, 1000);
  parent.abort();
  using after = startDeadline(parent.signal, 1000);
  expect(before.signal.reason).toBe(parent.signal.reason);
  expect(after.signal.reason).toBe(parent.signal.reason);
});

test('disposing of it leaves no timer', () => {
  startDeadline(new AbortController().signal, 1000)[Symbol.dispose]();
  expect(vi.getTimerCount()).toBe(0);
});

test('a sleep ends early with the signal and leaves no timer', async () => {
  const controller = new AbortController();
  const sleeping = sleep(1000, controller.signal);
  controller.abort();
  await expect(sleeping).rejects.toBe(controller.signal.reason);
  expect(vi.getTimerCount()).toBe(0);
});
