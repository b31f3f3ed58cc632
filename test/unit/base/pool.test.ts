import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Disposable } from '../../../src/base/disposables';
import { runPool, type Slot } from '../../../src/base/pool';

interface Job {
  readonly site: string;
  readonly finish: PromiseWithResolvers<undefined>;
  slot?: Slot;
}
const job = (site = 'a'): Job => ({ site, finish: Promise.withResolvers() });
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('no more than the limit are under way, and the next begins when one ends', async () => {
  const jobs = [job(), job(), job()];
  const begun: Job[] = [];
  const done = runPool(jobs, { concurrency: 2 }, (item) => {
    begun.push(item);
    return item.finish.promise;
  });
  expect(begun).toEqual(jobs.slice(0, 2));
  jobs[1]?.finish.resolve(undefined);
  await settle();
  expect(begun).toEqual(jobs);
  for (const { finish } of jobs) finish.resolve(undefined);
  await done;
});

test('a wide limit is reached step by step while the process waits', async () => {
  const jobs = Array.from({ length: 700 }, () => job());
  let begun = 0;
  let widen = (): void => undefined;
  let watching = false;
  const whileWaiting = (act: () => void): Disposable => {
    widen = act;
    watching = true;
    return { dispose: () => void (watching = false) };
  };
  const done = runPool(jobs, { concurrency: 600, whileWaiting }, (item) => {
    begun++;
    return item.finish.promise;
  });
  expect(begun).toBe(256);
  widen();
  expect(begun).toBe(512);
  widen();
  widen();
  expect(begun).toBe(600);
  for (const { finish } of jobs) finish.resolve(undefined);
  await done;
  expect(begun).toBe(700);
  expect(watching).toBe(false);
});

test('a place given up early is taken by the next, once', async () => {
  const jobs = [job(), job(), job()];
  const begun: Job[] = [];
  const done = runPool(jobs, { concurrency: 1 }, (item, slot) => {
    begun.push(item);
    item.slot = slot;
    return item.finish.promise;
  });
  jobs[0]?.slot?.release();
  jobs[0]?.slot?.release();
  jobs[0]?.finish.resolve(undefined);
  await settle();
  expect(begun).toHaveLength(2);
  for (const { finish } of jobs) finish.resolve(undefined);
  await settle();
  expect(begun).toHaveLength(3);
  await done;
});

test('a place that was given up is taken again before anything else begins', async () => {
  const jobs = [job(), job(), job()];
  const begun: Job[] = [];
  const done = runPool(jobs, { concurrency: 1 }, (item, slot) => {
    begun.push(item);
    item.slot = slot;
    return item.finish.promise;
  });
  await jobs[0]?.slot?.retake();
  jobs[0]?.slot?.release();
  expect(begun).toHaveLength(2);
  let isBack = false;
  void jobs[0]?.slot?.retake().then(() => (isBack = true));
  await settle();
  expect(isBack).toBe(false);
  jobs[1]?.finish.resolve(undefined);
  await settle();
  expect(isBack).toBe(true);
  expect(begun).toHaveLength(2);
  for (const { finish } of jobs) finish.resolve(undefined);
  await done;
  expect(begun).toHaveLength(3);
});

test('an item waits for its time, and those of other keys do not wait for it', async () => {
  const [a1, a2, b1] = [job('a'), job('a'), job('b')];
  const due = Promise.withResolvers<undefined>();
  let isDue = false;
  const begun: Job[] = [];
  const options = {
    concurrency: 3,
    perKey: { limit: 2, key: ({ site }: Job) => site },
    untilDue: (item: Job) => (item === a1 && !isDue ? due.promise : undefined),
  };
  const done = runPool([a1, a2, b1], options, (item) => {
    begun.push(item);
    return item.finish.promise;
  });
  await settle();
  expect(begun).toEqual([b1]);
  isDue = true;
  due.resolve(undefined);
  await settle();
  expect(begun).toEqual([b1, a1, a2]);
  for (const { finish } of [a1, a2, b1]) finish.resolve(undefined);
  await done;
});

test('a full site does not hold up another', async () => {
  const [a1, a2, b1] = [job('a'), job('a'), job('b')];
  const begun: Job[] = [];
  const perKey = { limit: 1, key: ({ site }: Job) => site };
  const done = runPool([a1, a2, b1], { concurrency: 10, perKey }, (item) => {
    begun.push(item);
    return item.finish.promise;
  });
  expect(begun).toEqual([a1, b1]);
  a1.finish.resolve(undefined);
  await settle();
  expect(begun).toEqual([a1, b1, a2]);
  for (const { finish } of [a2, b1]) finish.resolve(undefined);
  await done;
});

test('nothing to do is done at once', async () => {
  await expect(runPool([], { concurrency: 1 }, () => Promise.reject(new Error('not called')))).resolves.toBeUndefined();
});

test('every item is worked on once and no limit is ever passed', async () => {
  const plan = fc.record({
    sites: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }),
    concurrency: fc.integer({ min: 1, max: 8 }),
    limit: fc.integer({ min: 1, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, fc.scheduler(), async ({ sites, concurrency, limit }, scheduler) => {
      const items = sites.map((site, index) => ({ site, index }));
      const seen: number[] = [];
      const active = new Map<string, number>();
      let total = 0;
      const perKey = { limit, key: ({ site }: (typeof items)[number]) => site };
      const done = runPool(items, { concurrency, perKey }, async ({ site, index }, slot) => {
        seen.push(index);
        active.set(site, (active.get(site) ?? 0) + 1);
        expect(++total).toBeLessThanOrEqual(concurrency);
        expect(active.get(site) ?? 0).toBeLessThanOrEqual(limit);
        await scheduler.schedule(Promise.resolve());
        total--;
        active.set(site, (active.get(site) ?? 0) - 1);
        if (index % 3 > 0) return;
        slot.release();
        await scheduler.schedule(Promise.resolve());
        await slot.retake();
        active.set(site, (active.get(site) ?? 0) + 1);
        expect(++total).toBeLessThanOrEqual(concurrency);
        expect(active.get(site) ?? 0).toBeLessThanOrEqual(limit);
        await scheduler.schedule(Promise.resolve());
        total--;
        active.set(site, (active.get(site) ?? 0) - 1);
      });
      await Promise.all([done, scheduler.waitFor(done)]);
      expect(seen.toSorted((a, b) => a - b)).toEqual(items.map(({ index }) => index));
    }),
    { numRuns: 60 },
  );
});
