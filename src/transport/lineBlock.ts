import { ByteSink } from './byteSink';

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Collects lines until an empty one, from bytes that are cut anywhere: a head, or trailers. A line may end without a return. */
export class LineBlock {
  readonly #earlier = new ByteSink(0);
  /** Of the present line, without returns. */
  #lineLength = 0;

  /** How many bytes wait for the end of the block. */
  get length(): number {
    return this.#earlier.length;
  }

  /** Whether the block is whole with these bytes, and how many of them belong to it. */
  find(bytes: Uint8Array, from: number): { readonly isWhole: boolean; readonly to: number } {
    let length = this.#lineLength;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === newline) {
        if (length === 0) return { isWhole: true, to: at + 1 };
        length = 0;
      } else if (byte !== carriageReturn) length++;
    }
    this.#lineLength = length;
    return { isWhole: false, to: bytes.length };
  }

  keep(bytes: Uint8Array): void {
    this.#earlier.add(bytes);
  }

  /** The lines of the block that ends with these bytes, without the empty one. The next block begins after it. */
  take(bytes: Buffer): string {
    let text: string;
    if (this.#earlier.length === 0) text = bytes.toString('latin1');
    else {
      this.#earlier.add(bytes);
      text = this.#earlier.take().toString('latin1');
    }
    this.#lineLength = 0;
    return text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1);
  }
}
