/** What the network between console and BMC does. Probabilities from 0 to 1. */
export interface NetworkFaults {
  readonly loseRequests?: number;
  readonly loseAnswers?: number;
  readonly duplicateAnswers?: number;
  /** Before each answer, in milliseconds. */
  readonly delayMs?: number;
  /** Answers nothing at all. */
  readonly silent?: boolean;
}

/** Chance that can be repeated: the same seed gives the same losses. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1;
  }

  hits(probability = 0): boolean {
    if (probability <= 0) return false;
    // xorshift32
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) / 0x1_0000_0000 < probability;
  }
}

/** Runs callbacks after one and the same delay with a single timer, in order. */
export class DelayLine {
  readonly #delayMs: number;
  #queue: { readonly at: number; readonly run: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  after(run: () => void): void {
    if (this.#delayMs === 0) {
      run();
      return;
    }
    this.#queue.push({ at: performance.now() + this.#delayMs, run });
    this.#timer ??= setTimeout(() => {
      this.#drain();
    }, this.#delayMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#queue = [];
  }

  #drain(): void {
    const now = performance.now();
    const due = this.#queue.findIndex(({ at }) => at > now);
    const ready = this.#queue.splice(0, due < 0 ? this.#queue.length : due);
    const [next] = this.#queue;
    this.#timer =
      next &&
      setTimeout(
        () => {
          this.#drain();
        },
        Math.max(1, next.at - now),
      );
    for (const { run } of ready) run();
  }
}
