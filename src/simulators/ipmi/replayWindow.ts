const reach = 16;

/** Remembers which session sequence numbers came, IPMI v2.0 section 6.12.13. */
export class ReplayWindow {
  #top = 0;
  readonly #recent = new Set<number>();

  /** Whether the number is fresh and within reach of the highest. */
  admit(number: number): boolean {
    if (number === 0 || this.#recent.has(number)) return false;
    if (this.#top > 0 && (number > this.#top + reach || number < this.#top - reach)) return false;
    this.#recent.add(number);
    if (number > this.#top) {
      this.#top = number;
      for (const old of this.#recent) if (old < number - reach) this.#recent.delete(old);
    }
    return true;
  }
}
