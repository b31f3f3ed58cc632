import { SidebandError } from './errors';

/** A signal that follows another and also ends when the time is up. Dispose of it, or its timer lives on. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  /** Waits for a person, whose time does not count. */
  hold<Result>(wait: () => Promise<Result>): Promise<Result>;
}

/** When the time is up, the reason is a `SidebandError` `operation.timeout`. */
export function startDeadline(parent: AbortSignal, timeoutMs: number): Deadline {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort(parent.reason);
  };
  let leftMs = timeoutMs;
  let startedAt = 0;
  let holders = 0;
  let disposed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const start = (): void => {
    startedAt = performance.now();
    timer = setTimeout(() => {
      controller.abort(new SidebandError('operation.timeout', `no result within ${timeoutMs / 1000} s`));
    }, leftMs);
  };
  start();
  if (parent.aborted) stop();
  else parent.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    async hold(wait) {
      if (holders++ === 0) {
        clearTimeout(timer);
        leftMs -= performance.now() - startedAt;
      }
      try {
        return await wait();
      } finally {
        if (--holders === 0 && !disposed) start();
      }
    },
    [Symbol.dispose]() {
      disposed = true;
      clearTimeout(timer);
      parent.removeEventListener('abort', stop);
    },
  };
}
