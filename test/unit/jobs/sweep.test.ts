import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sleep } from '../../../src/base/sleep';
import { sweep } from '../../../src/jobs/sweep';
import { fakeComputer } from '../../fakes/technology';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const { signal } = new AbortController();
const ways = [{ technology: 'amt' as const }];
const question = { computer: '', host: '', port: 0, fingerprint: '', subject: '', issuer: '', validTo: '' };

test('a computer whose certificate somebody looks at for minutes has not run out of time', async () => {
  const items = [{ computer: fakeComputer('lab-01', ['amt']), ways }];
  const swept = sweep(
    items,
    async (_, __, turn) => {
      const trusted = await turn.asks?.trust?.(question, turn.signal);
      await sleep(900, turn.signal);
      return { outcome: 'done', value: trusted };
    },
    {
      concurrency: 1,
      perSite: Infinity,
      timeoutMs: 1000,
      asks: { trust: () => sleep(300_000, signal).then(() => true) },
    },
    signal,
  );
  await vi.advanceTimersByTimeAsync(301_000);
  expect(await swept).toMatchObject([{ computer: 'lab-01', outcome: 'done', value: true }]);
});

test('what cannot be asked stays absent', async () => {
  const seen: unknown[] = [];
  const items = [{ computer: fakeComputer('lab-01', ['amt']), ways }];
  const act = (_: unknown, __: unknown, { asks }: { readonly asks: unknown }) => {
    seen.push(asks);
    return Promise.resolve({ outcome: 'done' as const });
  };
  const options = { concurrency: 1, perSite: Infinity, timeoutMs: 1000 };
  await sweep(items, act, options, signal);
  await sweep(items, act, { ...options, asks: {} }, signal);
  expect(seen).toEqual([undefined, {}]);
});
