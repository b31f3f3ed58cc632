import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDeadline } from '../../../../src/base/deadline';
import type { ErrorCode } from '../../../../src/base/errorCodes';
import { SidebandError } from '../../../../src/base/errors';
import { type Sight, waitUntil } from '../../../../src/operations/wait/waitUntil';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const never = new AbortController().signal;
const usual = { goal: 'power on', timeoutMs: 60_000, everyMs: 5000, signal: never };
const off: Sight = { isSo: false, seen: 'off', value: { power: 'off' } };
const on: Sight = { isSo: true, seen: 'on', value: { power: 'on' } };
const failure = (code: ErrorCode): SidebandError => new SidebandError(code, `lab-01: ${code}`);

/** Gives one sight or error after the other, and the last one again and again; keeps when it was asked. */
function looking(...sights: readonly (Sight | SidebandError)[]) {
  const times: number[] = [];
  const startedAt = performance.now();
  const look = (): Promise<Sight> => {
    const sight = sights[Math.min(times.length, sights.length - 1)] ?? off;
    times.push(performance.now() - startedAt);
    return sight instanceof SidebandError ? Promise.reject(sight) : Promise.resolve(sight);
  };
  return { look, times };
}

/** What it came to, when all time has passed. */
async function ended(waiting: Promise<unknown>): Promise<unknown> {
  const settled = waiting.catch((thrown: unknown) => thrown);
  await vi.runAllTimersAsync();
  expect(vi.getTimerCount()).toBe(0);
  return settled;
}

test('it looks at once and then every so often, and says how long it waited', async () => {
  const { look, times } = looking(off, off, on);
  expect(await ended(waitUntil(look, usual))).toEqual({ outcome: 'done', value: { power: 'on', waitedMs: 10_000 } });
  expect(times).toEqual([0, 5000, 10_000]);
});

test.each([
  'connect.unreachable',
  'connect.refused',
  'connect.timeout',
  'connect.lost',
  'dns.failed',
  'tls.failed',
  'ipmi.busy',
  'ipmi.absent',
  'amt.absent',
  'device.busy',
  'protocol.invalid',
] as const)('%s may pass, so it goes on', async (code) => {
  const { look, times } = looking(failure(code), on);
  expect(await ended(waitUntil(look, usual))).toMatchObject({ outcome: 'done' });
  expect(times).toHaveLength(2);
});

test.each([
  'auth.rejected',
  'auth.user',
  'auth.locked',
  'auth.missing',
  'access.privilege',
  'tls.unknown',
  'tls.changed',
  'amt.not-provisioned',
  'console.taken',
  'internal.bug',
] as const)('%s ends it at once: waiting longer does not help, and tries lock accounts', async (code) => {
  const { look, times } = looking(off, failure(code), on);
  expect(await ended(waitUntil(look, usual))).toMatchObject({ code });
  expect(times).toEqual([0, 5000]);
});

test('when the time is up it says what was seen last, not what was cut short', async () => {
  const timedOut = { code: 'operation.timeout', effect: 'none' };
  const seen = await ended(waitUntil(looking(failure('connect.refused'), off).look, { ...usual, timeoutMs: 12_000 }));
  expect(seen).toMatchObject({ ...timedOut, message: 'waited 12.0 s for power on; seen last: off' });
  const silent = await ended(waitUntil(looking(failure('connect.timeout')).look, usual));
  expect(silent).toMatchObject({ message: 'waited 1 min 0 s for power on; seen last: lab-01: connect.timeout' });
  const stuck = (signal: AbortSignal) => {
    return new Promise<Sight>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(failure('connect.lost'));
      });
    });
  };
  const nothing = await ended(waitUntil(stuck, usual));
  expect(nothing).toMatchObject({ ...timedOut, message: 'waited 1 min 0 s for power on; seen last: nothing' });
});

test('what a look that was cut short brings back is kept as evidence', async () => {
  const evidence = { screens: [] };
  const sight = { isSo: false, seen: '"booting"', evidence };
  const look = (signal: AbortSignal) =>
    new Promise<Sight>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve(sight);
      });
    });
  expect(await ended(waitUntil(look, usual))).toMatchObject({
    message: 'waited 1 min 0 s for power on; seen last: "booting"',
    details: { evidence },
  });
});

test('cancelling ends it with the reason, and the limit of the whole step as its own time does', async () => {
  const controller = new AbortController();
  const waiting = waitUntil(looking(off).look, { ...usual, signal: controller.signal });
  const settled = waiting.catch((thrown: unknown) => thrown);
  await vi.advanceTimersByTimeAsync(7000);
  controller.abort();
  expect(await settled).toBe(controller.signal.reason);
  expect(vi.getTimerCount()).toBe(0);

  using limit = startDeadline(never, 8000);
  expect(await ended(waitUntil(looking(off).look, { ...usual, signal: limit.signal }))).toMatchObject({
    code: 'operation.timeout',
    message: 'waited 8.0 s for power on; seen last: off',
  });
});

test('nobody else waits for it: its place is given up after the first interval, and not when it comes at once', async () => {
  const onSilence = vi.fn();
  const waiting = waitUntil(looking(off).look, { ...usual, onSilence }).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(4999);
  expect(onSilence).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60_000);
  await waiting;
  expect(onSilence).toHaveBeenCalledTimes(1);
  await ended(waitUntil(looking(on).look, { ...usual, onSilence }));
  expect(onSilence).toHaveBeenCalledTimes(1);
});
