import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';

interface Watched {
  tasks: number[];
  observer: PerformanceObserver;
  readonly PerformanceObserver: typeof PerformanceObserver;
}

const blockedMs = 80;

/**
 * What the browser itself calls long in an element's page while something is done, in milliseconds by the clock. That it would tell
 * is tried out before.
 */
export async function longTasks(element: Locator, act: () => Promise<unknown>): Promise<readonly number[]> {
  await element.evaluate((one) => {
    const view = one.ownerDocument.defaultView as unknown as Watched;
    view.tasks = [];
    view.observer = new view.PerformanceObserver((list) => {
      for (const { duration, name } of list.getEntries()) if (name === 'self') view.tasks.push(duration);
    });
    view.observer.observe({ type: 'longtask' });
  });
  const take = (): Promise<readonly number[]> =>
    element.evaluate(async (one) => {
      const view = one.ownerDocument.defaultView as unknown as Watched;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return view.tasks.splice(0);
    });
  await element.evaluate(
    (_, ms) =>
      new Promise<void>((resolve) => {
        setTimeout(() => {
          const end = performance.now() + ms;
          while (performance.now() < end);
          resolve();
        });
      }),
    blockedMs,
  );
  assert.ok(
    (await take()).some((duration) => duration >= blockedMs),
    'a long task is not told',
  );
  await act();
  const found = await take();
  await element.evaluate((one) => {
    (one.ownerDocument.defaultView as unknown as Watched).observer.disconnect();
  });
  return found;
}

/** From the first row of a grid to the last, 2,000 pixels a frame, so that every frame has other rows. */
export function scrollToEnd(grid: Locator): Promise<void> {
  return grid.evaluate(
    (element) =>
      new Promise<void>((resolve) => {
        const next = (): void => {
          element.scrollTop += 2000;
          if (element.scrollTop + element.clientHeight < element.scrollHeight - 1) requestAnimationFrame(next);
          else setTimeout(resolve, 200);
        };
        next();
      }),
  );
}
