import { SidebandError } from './errors';
import { onAbort } from './onAbort';
import { longestTimerMs } from './sleep';

/** A signal that follows another and also ends when the time is up. Dispose of it, or its timer lives on. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  /** Waits for a person, whose time does not count. */
  hold<Result>(wait: () => Promise<Result>): Promise<Result>;
}

/** When the time is up, the reason is a `SidebandError` `operation.timeout`. */
export function startDeadline(parent: AbortSignal, timeoutMs: number): Deadline {
  return new RunningDeadline(parent, timeoutMs);
}

class RunningDeadline implements Deadline {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal;
  readonly #timeoutMs: number;
  #leftMs: number;
  #startedAt = 0;
  #holders = 0;
  #isDisposed = false;
  #leave: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #stop = (): void => {
    this.#controller.abort(this.#parent.reason);
  };

  constructor(parent: AbortSignal, timeoutMs: number) {
    this.#parent = parent;
    this.#timeoutMs = timeoutMs;
    this.#leftMs = timeoutMs;
    this.#start();
    if (parent.aborted) this.#stop();
    else this.#leave = onAbort(parent, this.#stop);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async hold<Result>(wait: () => Promise<Result>): Promise<Result> {
    if (this.#holders++ === 0) {
      clearTimeout(this.#timer);
      this.#leftMs -= performance.now() - this.#startedAt;
    }
    try {
      return await wait();
    } finally {
      if (--this.#holders === 0 && !this.#isDisposed) this.#start();
    }
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#leave?.();
  }

  #start(): void {
    this.#startedAt = performance.now();
    const timeUp = (): void => {
      this.#controller.abort(new SidebandError('operation.timeout', `no result within ${this.#timeoutMs / 1000} s`));
    };
    this.#timer = setTimeout(timeUp, Math.min(this.#leftMs, longestTimerMs));
  }
}
