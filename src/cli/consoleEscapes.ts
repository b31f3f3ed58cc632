export type ConsoleInput =
  { readonly kind: 'send'; readonly bytes: Uint8Array } | { readonly kind: 'leave' | 'break' | 'help' };

const tilde = 0x7e;
const meanings: Readonly<Record<number, 'leave' | 'break' | 'help'>> = {
  [0x2e]: 'leave', // .
  [0x42]: 'break', // B
  [0x3f]: 'help', // ?
};

/** Finds the escapes in what is typed: `~` at the beginning of a line and a letter, as in ssh. `~~` is one `~`. */
export class ConsoleEscapes {
  #atLineStart = true;
  #afterTilde = false;

  read(bytes: Uint8Array): readonly ConsoleInput[] {
    const found: ConsoleInput[] = [];
    let send: number[] = [];
    for (const byte of bytes) {
      const meaning = this.#afterTilde ? meanings[byte] : undefined;
      if (meaning) {
        if (send.length > 0) found.push({ kind: 'send', bytes: Uint8Array.from(send) });
        send = [];
        found.push({ kind: meaning });
        this.#afterTilde = false;
        this.#atLineStart = true;
        continue;
      }
      if (!this.#afterTilde && this.#atLineStart && byte === tilde) {
        this.#afterTilde = true;
        continue;
      }
      if (this.#afterTilde && byte !== tilde) send.push(tilde);
      this.#afterTilde = false;
      send.push(byte);
      this.#atLineStart = byte === 0x0d || byte === 0x0a;
    }
    if (send.length > 0) found.push({ kind: 'send', bytes: Uint8Array.from(send) });
    return found;
  }
}
