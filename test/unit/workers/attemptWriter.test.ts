import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SidebandError } from '../../../src/base/errors';
import type { Intent, RunWriter, StepClose } from '../../../src/jobs/ledger';
import type { Outcome } from '../../../src/jobs/result';
import { AttemptWriter } from '../../../src/workers/attemptWriter';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Writes into lines; each write takes its time, in milliseconds, or fails. */
function ledger(times: (number | SidebandError)[] = []): { readonly lines: string[]; readonly writer: RunWriter } {
  const lines: string[] = [];
  const write = (line: string): Promise<void> => {
    const time = times.shift() ?? 0;
    if (time instanceof SidebandError) return Promise.reject(time);
    vi.advanceTimersByTime(time);
    lines.push(line);
    return Promise.resolve();
  };
  const writer: RunWriter = {
    id: 'run-1',
    intend: ({ step }) => write(`intend ${step}`),
    closeStep: ({ step, result }) => write(`close ${step} ${result.outcome}`),
    close: ({ outcome }) => write(`close ${outcome}`),
    end: (state) => write(`end ${state}`),
  };
  return { lines, writer };
}

const intent = (step: number): Intent => ({ computer: 'a', technology: 'ipmi', step });
const result = (outcome: Outcome) => ({ computer: 'a', ok: outcome === 'done', outcome, durationMs: 0 });
const closing = (step: number, outcome: Outcome): StepClose => ({ step, attempts: 1, result: result(outcome) });
const never = new AbortController().signal;
const taken = new SidebandError('ledger.unavailable', 'taken over', { takenOver: true });
const away = new SidebandError('ledger.unavailable', 'away');
const refused = { code: 'ledger.unavailable' };

test('what was allowed at once is done', async () => {
  const { lines, writer } = ledger([2_999]);
  const attempt = new AttemptWriter(writer, never);
  await attempt.intend(intent(0));
  await attempt.closeStep(closing(0, 'done'));
  await attempt.close(result('done'));
  expect(lines).toEqual(['intend 0', 'close 0 done', 'close done']);
  expect(attempt.isClosed).toBe(true);
});

test('what was allowed long ago is asked for again, and not done when another has the computer by now', async () => {
  const { lines, writer } = ledger([60_000, taken]);
  const attempt = new AttemptWriter(writer, never);
  await expect(attempt.intend(intent(0))).rejects.toBe(taken);
  await attempt.close(result('failed'));
  expect(lines).toEqual(['intend 0']);
  expect(attempt.isClosed).toBe(false);
});

test('what was allowed long ago is done when it is allowed again', async () => {
  const { lines, writer } = ledger([60_000, 0]);
  await new AttemptWriter(writer, never).intend(intent(0));
  expect(lines).toEqual(['intend 0', 'intend 0']);
});

test('once let go, what is in flight is recorded, and nothing else is begun or closed', async () => {
  const { lines, writer } = ledger();
  const attempt = new AttemptWriter(writer, never);
  await attempt.intend(intent(0));
  attempt.letGo();
  await attempt.closeStep(closing(0, 'done'));
  await expect(attempt.intend(intent(1))).rejects.toMatchObject(refused);
  await expect(attempt.closeStep(closing(1, 'failed'))).rejects.toMatchObject(refused);
  await attempt.close(result('failed'));
  expect(lines).toEqual(['intend 0', 'close 0 done']);
  expect(attempt.isClosed).toBe(false);
});

test('what was done is recorded when the database is back, and what was not begun is left to others', async () => {
  const { lines, writer } = ledger([0, away, away, 0, away]);
  const attempt = new AttemptWriter(writer, never);
  await attempt.intend(intent(0));
  const closed = attempt.closeStep(closing(0, 'done'));
  await vi.advanceTimersByTimeAsync(2_000);
  await closed;
  await expect(attempt.intend(intent(1))).rejects.toBe(away);
  expect(lines).toEqual(['intend 0', 'close 0 done']);
});

test.each([
  { until: 'another one has the computer', error: taken, waitMs: 0 },
  { until: 'five minutes are over', error: away, waitMs: 300_000 },
])('the end of what was done is kept until $until', async ({ error, waitMs }) => {
  const { lines, writer } = ledger([0, ...Array.from({ length: 400 }, () => error)]);
  const attempt = new AttemptWriter(writer, never);
  await attempt.intend(intent(0));
  const closed = expect(attempt.closeStep(closing(0, 'done'))).rejects.toBe(error);
  await vi.advanceTimersByTimeAsync(waitMs);
  await closed;
  expect(lines).toEqual(['intend 0']);
});

test('the end of what was done is not kept when everything is to be let go at once', async () => {
  const lost = new AbortController();
  const { lines, writer } = ledger([0, away, away]);
  const attempt = new AttemptWriter(writer, lost.signal);
  await attempt.intend(intent(0));
  const closed = expect(attempt.closeStep(closing(0, 'done'))).rejects.toBe(away);
  lost.abort();
  await closed;
  expect(lines).toEqual(['intend 0']);
});

test('once let go, nobody calls it cancelled', async () => {
  const { lines, writer } = ledger();
  const attempt = new AttemptWriter(writer, never);
  await attempt.intend(intent(0));
  attempt.letGo();
  await expect(attempt.closeStep(closing(0, 'cancelled'))).rejects.toMatchObject(refused);
  expect(lines).toEqual(['intend 0']);
});
