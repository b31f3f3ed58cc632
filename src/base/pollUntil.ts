import { sleep } from './sleep';

/** Reads until `accept` is content or the time is up; gives the last value read either way. */
export async function pollUntil<T>(
  read: (signal: AbortSignal) => Promise<T>,
  accept: (value: T) => boolean,
  options: { readonly everyMs: number; readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<{ readonly value: T; readonly accepted: boolean }> {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    const value = await read(options.signal);
    if (accept(value)) return { value, accepted: true };
    if (performance.now() + options.everyMs > deadline) return { value, accepted: false };
    await sleep(options.everyMs, options.signal);
  }
}
