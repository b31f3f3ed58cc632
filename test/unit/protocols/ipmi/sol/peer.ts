/** Loses, doubles and delays 5% each of what passes, the same with each seed. */
export function impair(seed: number): (deliver: () => void) => void {
  let state = seed;
  const chance = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return (deliver) => {
    if (chance() < 0.05) return;
    const delayMs = chance() < 0.05 ? 30 : 2;
    setTimeout(deliver, delayMs);
    if (chance() < 0.05) setTimeout(deliver, delayMs + 5);
  };
}

/** The controller's end of Serial over LAN, from IPMI v2.0 section 15: simple, and sharing nothing with the console. */
export class SolPeer {
  readonly #send: (payload: Uint8Array) => void;
  received = '';
  #toSay = '';
  #sequence = 0;
  #saying = '';
  #lastSequence = 0;
  #lastCount = 0;

  constructor(send: (payload: Uint8Array) => void) {
    this.#send = send;
  }

  say(text: string): void {
    this.#toSay += text;
    this.#next();
  }

  receive(payload: Uint8Array): void {
    const [sequence = 0, acknowledged = 0, accepted = 0] = payload;
    if (this.#saying !== '' && acknowledged === this.#sequence) {
      this.#toSay = this.#toSay.slice(accepted);
      this.#saying = '';
      this.#next();
    }
    if (sequence === 0) return;
    if (sequence !== this.#lastSequence) {
      const characters = payload.subarray(4);
      // Now and then it has room for a part only.
      this.#lastCount = sequence === 5 && characters.length > 1 ? characters.length - 1 : characters.length;
      this.#lastSequence = sequence;
      this.received += Buffer.from(characters.subarray(0, this.#lastCount)).toString('latin1');
    }
    this.#send(Uint8Array.of(0, sequence, this.#lastCount, 0));
  }

  #next(): void {
    if (this.#saying !== '' || this.#toSay === '') return;
    this.#sequence = (this.#sequence % 15) + 1;
    this.#saying = this.#toSay.slice(0, 80);
    this.#transmit(this.#sequence);
  }

  #transmit(sequence: number): void {
    if (this.#saying === '' || this.#sequence !== sequence) return;
    this.#send(Uint8Array.of(sequence, 0, 0, 0, ...Buffer.from(this.#saying, 'latin1')));
    setTimeout(() => {
      this.#transmit(sequence);
    }, 250);
  }
}
