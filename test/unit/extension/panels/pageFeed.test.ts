import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PageFeed } from '../../../../src/extension/panels/pageFeed';
import { sleep } from '../../../../src/base/sleep';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A page that takes so long to draw, and the times at which it was shown something. */
function stage(drawMs: number) {
  const begun = performance.now();
  const shown: number[] = [];
  const feed = new PageFeed(async () => {
    shown.push(performance.now() - begun);
    await (drawMs === Infinity ? new Promise(() => undefined) : sleep(drawMs, new AbortController().signal));
  });
  return { feed, shown };
}

test('what is new is shown at once, then at most five times a second, and the last is never left out', async () => {
  const { feed, shown } = stage(0);
  for (let at = 0; at < 1000; at += 10) {
    feed.update();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.length).toBeLessThanOrEqual(6);
  await vi.advanceTimersByTimeAsync(1000);
  const before = shown.length;
  await vi.advanceTimersByTimeAsync(5000);
  expect(shown).toHaveLength(before);
});

test('a slow page is given time', async () => {
  const { feed, shown } = stage(500);
  for (let at = 0; at < 6000; at += 100) {
    feed.update();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(shown).toEqual([0, 2500, 5000]);
});

test('a page that was hidden in the middle and begins again is shown what comes next', async () => {
  const { feed, shown } = stage(Infinity);
  feed.update();
  feed.update();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shown).toHaveLength(1);
  feed.restart();
  feed.update();
  expect(shown).toHaveLength(2);
});

test('nothing is shown after the end', async () => {
  const { feed, shown } = stage(0);
  feed.update();
  feed.update();
  feed.dispose();
  feed.update();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shown).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});
