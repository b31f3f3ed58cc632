import { SidebandError } from './errors';

/** A signal that follows another and also ends when the time is up. Dispose of it, or its timer lives on. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
}

/** When the time is up, the reason is a `SidebandError` `operation.timeout`. */
export function startDeadline(parent: AbortSignal, timeoutMs: number): Deadline {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort(parent.reason);
  };
  const timer = setTimeout(() => {
    controller.abort(new SidebandError('operation.timeout', `no result within ${timeoutMs / 1000} s`));
  }, timeoutMs);
  if (parent.aborted) stop();
  else parent.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      parent.removeEventListener('abort', stop);
    },
  };
}
