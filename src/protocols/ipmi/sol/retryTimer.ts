const initialMs = 250;
const shortestMs = 60;
const longestMs = 250;

/** How long to wait for an acknowledgement, from how long they have taken: the estimate of RFC 6298, doubled with each repetition. */
export class RetryTimer {
  #smoothedMs: number | undefined;
  #variationMs = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Takes the time of an acknowledgement. Of a packet that was repeated nobody knows which one it answers. */
  measure(elapsedMs: number): void {
    if (this.#smoothedMs === undefined) {
      this.#smoothedMs = elapsedMs;
      this.#variationMs = elapsedMs / 2;
      return;
    }
    this.#variationMs = 0.75 * this.#variationMs + 0.25 * Math.abs(this.#smoothedMs - elapsedMs);
    this.#smoothedMs = 0.875 * this.#smoothedMs + 0.125 * elapsedMs;
  }

  /** Calls back once, instead of what was to be called. */
  start(repetitions: number, act: () => void): void {
    const estimate = this.#smoothedMs === undefined ? initialMs : this.#smoothedMs + 4 * this.#variationMs;
    const waitMs = Math.max(shortestMs, estimate) * 2 ** repetitions;
    this.#set(act, Math.min(waitMs, longestMs));
  }

  /** Likewise, as late as it gets: the other side has asked for time. */
  postpone(act: () => void): void {
    this.#set(act, longestMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #set(act: () => void, waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, waitMs);
  }
}
