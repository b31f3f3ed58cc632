import { SidebandError } from '../base/errors';

const longestLine = 4 * 1024;
/** With one digit more it would be beyond any body that is read. */
const longestChunk = 0x0fff_ffff;
const newline = 0x0a;
const carriageReturn = 0x0d;
const semicolon = 0x3b;
const space = 0x20;
const tab = 0x09;

/** Reads the line before a chunk (RFC 9112, section 7.1), from bytes that are cut anywhere. Extensions are passed over. */
export class ChunkSize {
  size = 0;
  #digits = 0;
  #length = 0;
  #state: 'size' | 'extension' | 'return' = 'size';

  /** The index after its end, or nothing when the end has not come. Throws `protocol.invalid`. */
  read(bytes: Uint8Array, from: number): number | undefined {
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === newline) {
        if (this.#digits === 0) throw withoutSize();
        return at + 1;
      }
      if (this.#state === 'return') throw withoutSize();
      if (byte === carriageReturn) this.#state = 'return';
      else if (this.#state === 'size') this.#readSize(byte);
      if (++this.#length > longestLine) {
        throw new SidebandError(
          'protocol.invalid',
          `the chunk size of the HTTP response is longer than ${longestLine} bytes`,
        );
      }
    }
    return undefined;
  }

  #readSize(byte: number): void {
    const digit = hexDigit(byte);
    if (digit !== undefined && this.size <= longestChunk) {
      this.size = this.size * 16 + digit;
      this.#digits++;
    } else if (byte === semicolon || byte === space || byte === tab) this.#state = 'extension';
    else throw withoutSize();
  }
}

function hexDigit(byte: number): number | undefined {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : undefined;
}

function withoutSize(): SidebandError {
  return new SidebandError('protocol.invalid', 'the HTTP response has a chunk without a size');
}
