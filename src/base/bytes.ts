import { SidebandError } from './errors';

/** Reads a message front to back. Reading past the end throws `protocol.truncated`, so no decoder checks lengths by hand. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  get remaining(): number {
    return this.#end - this.#at;
  }

  u8(): number {
    return this.#bytes[this.#take(1)] ?? 0;
  }

  u16le(): number {
    const at = this.#take(2);
    return (this.#bytes[at] ?? 0) | ((this.#bytes[at + 1] ?? 0) << 8);
  }

  u24le(): number {
    const low = this.u16le();
    return low | (this.u8() << 16);
  }

  u32le(): number {
    const low = this.u16le();
    return (low | (this.u16le() << 16)) >>> 0;
  }

  u16be(): number {
    const high = this.u8();
    return (high << 8) | this.u8();
  }

  u32be(): number {
    const high = this.u16be();
    return ((high << 16) | this.u16be()) >>> 0;
  }

  /** A view, not a copy: valid as long as the message is. */
  bytes(count: number): Uint8Array {
    const at = this.#take(count);
    return this.#bytes.subarray(at, at + count);
  }

  rest(): Uint8Array {
    return this.bytes(this.remaining);
  }

  skip(count: number): void {
    this.#take(count);
  }

  #take(count: number): number {
    const at = this.#at;
    if (count < 0 || count > this.#end - at) {
      throw new SidebandError(
        'protocol.truncated',
        `message too short: ${count} more bytes needed, ${this.remaining} left`,
      );
    }
    this.#at = at + count;
    return at;
  }
}

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Four bytes, least significant first. */
export function le32(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
