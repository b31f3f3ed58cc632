const width = 16;

/**
 * The sliding window against replays, IPMI v2.0 section 6.12.13: a number is accepted once, when it is at most 16 ahead of the
 * highest so far or at most 16 behind it. After FFFFFFFFh comes 1.
 */
export class SequenceWindow {
  #highest = 0;
  /** Bit n: the number `highest - n` was seen. */
  #seen = 1;

  get highest(): number {
    return this.#highest;
  }

  /** Whether the number is new and near; then it is taken. */
  accept(sequence: number): boolean {
    if (sequence === 0) return false;
    if (this.#highest === 0) {
      this.#highest = sequence;
      return true;
    }
    const ahead = distance(this.#highest, sequence);
    if (ahead > 0 && ahead <= width) return this.#advance(sequence, ahead);
    const behind = distance(sequence, this.#highest);
    if (behind > width) return false;
    const bit = 1 << behind;
    if ((this.#seen & bit) !== 0) return false;
    this.#seen |= bit;
    return true;
  }

  #advance(sequence: number, by: number): true {
    this.#seen = ((this.#seen << by) | 1) & 0x1ffff;
    this.#highest = sequence;
    return true;
  }
}

/** How many steps lead from one number to another. Zero is never a number, so the circle has 2^32 - 1 places. */
export function distance(from: number, to: number): number {
  return to >= from ? to - from : to + 0xffffffff - from;
}

/** The number after this one. */
export function nextSequence(sequence: number): number {
  return sequence === 0xffffffff ? 1 : sequence + 1;
}
