import { vi } from 'vitest';

/** Taken before the clock is replaced. */
const immediately = setImmediate;

/** Lets everything go on that waits for no clock. */
export function settle(): Promise<void> {
  return new Promise((resolve) => immediately(resolve));
}

/** Lets the replaced clock jump from timer to timer until the work has ended or `isOver`. */
export async function drive<T>(work: Promise<T>, isOver: () => boolean = () => false): Promise<T | undefined> {
  let result: { readonly value: T } | { readonly error: unknown } | undefined;
  work.then(
    (value) => (result = { value }),
    (error: unknown) => (result = { error }),
  );
  for (let idle = 0; idle < 10;) {
    await settle();
    if (result) {
      if ('value' in result) return result.value;
      throw result.error;
    }
    if (isOver()) {
      forgetTimers();
      return undefined;
    }
    if (vi.getTimerCount() === 0) idle++;
    else {
      vi.advanceTimersToNextTimer();
      idle = 0;
    }
  }
  throw new Error('it waits for something that never comes');
}

/** The clock goes on; what waits for it waits for ever. */
function forgetTimers(): void {
  const now = Date.now();
  vi.useRealTimers();
  vi.useFakeTimers({ now });
}
