import type { Disposable } from '../../base/disposables';

const usualRestMs = 200;
/** The page rests so many times as long as it took to draw. */
const restFactor = 4;

export interface PageFeedOptions {
  /** The least time between two sendings, in milliseconds. */
  readonly restMs: number;
}

/**
 * Sends to a page: one message at a time, at most five a second, and less often when drawing takes longer. A page that was hidden
 * answers no more, so its next `ready` starts anew.
 */
export class PageFeed implements Disposable {
  readonly #send: () => Promise<void>;
  readonly #restMs: number;
  #timer: NodeJS.Timeout | undefined;
  /** The sending that is under way; another number means that it is over. */
  #turn = 0;
  #isSending = false;
  #isStale = false;
  #isOver = false;

  constructor(send: () => Promise<void>, { restMs }: PageFeedOptions = { restMs: usualRestMs }) {
    this.#send = send;
    this.#restMs = restMs;
  }

  /** There is something new. */
  update(): void {
    if (this.#isOver) return;
    this.#isStale = true;
    if (!this.#isSending && !this.#timer) void this.#next();
  }

  /** The page begins again, and has everything that there is. */
  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#turn++;
    this.#isSending = false;
    this.#isStale = false;
  }

  dispose(): void {
    this.restart();
    this.#isOver = true;
  }

  async #next(): Promise<void> {
    const turn = this.#turn;
    this.#isStale = false;
    this.#isSending = true;
    const begun = performance.now();
    await this.#send().catch(() => undefined);
    if (turn !== this.#turn) return;
    this.#isSending = false;
    const rest = Math.max(this.#restMs, restFactor * (performance.now() - begun));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isStale) void this.#next();
    }, rest);
  }
}
