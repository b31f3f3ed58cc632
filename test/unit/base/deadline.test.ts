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

test('a time that is longer than timers can be is not over at once', () => {
  using deadline = startDeadline(new AbortController().signal, 100 * 86_400_000);
  vi.advanceTimersByTime(86_400_000);
  expect(deadline.signal.aborted).toBe(false);
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

test('the time that a person takes does not count, also when several are asked at once', async () => {
  using deadline = startDeadline(new AbortController().signal, 1000);
  vi.advanceTimersByTime(400);
  const answer = (): Promise<void> => sleep(5000, new AbortController().signal);
  const held = Promise.all([deadline.hold(answer), deadline.hold(answer)]);
  await vi.advanceTimersByTimeAsync(5000);
  await held;
  await vi.advanceTimersByTimeAsync(599);
  expect(deadline.signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(deadline.signal.aborted).toBe(true);
});

test('what ends while a person is asked leaves no timer', async () => {
  const deadline = startDeadline(new AbortController().signal, 1000);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const held = deadline.hold(() => promise);
  deadline[Symbol.dispose]();
  resolve(undefined);
  await held;
  expect(vi.getTimerCount()).toBe(0);
});
