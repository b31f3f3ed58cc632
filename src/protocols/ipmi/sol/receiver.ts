import { type SolPayload, nextSolSequence } from './payload';

/** The furthest that a sequence may be ahead of the last one; what is further is late instead. */
const furthestAhead = 7;

export interface Acknowledgement {
  readonly acknowledged: number;
  readonly accepted: number;
}

export interface SolReceiverHooks {
  /** Gives the acknowledgement away: alone, or on characters. */
  acknowledge(acknowledgement: Acknowledgement): void;
  /** The controller has given up packets that never came. */
  onGap(): void;
}

/** What the controller sends: each character once, kept until it is read, held back at the controller when too many wait. */
export class SolReceiver {
  readonly #hooks: SolReceiverHooks;
  readonly #mostWaiting: number;
  #waiting: Uint8Array[] = [];
  #waitingLength = 0;
  #last: Acknowledgement | undefined;
  /** Arrived while there was no room; not acknowledged yet. */
  #held: SolPayload | undefined;

  constructor(hooks: SolReceiverHooks, mostWaiting: number) {
    this.#hooks = hooks;
    this.#mostWaiting = mostWaiting;
  }

  get hasWaiting(): boolean {
    return this.#waitingLength > 0;
  }

  /** Takes a packet with a sequence. Gives whether there is something new to read. */
  receive(payload: SolPayload): boolean {
    const last = this.#last;
    if (payload.sequence === last?.acknowledged) {
      this.#hooks.acknowledge(last);
      return false;
    }
    if (last && stepsAhead(last.acknowledged, payload.sequence) > furthestAhead) return false;
    const isFull = this.#waitingLength > 0 && this.#waitingLength + payload.characters.length > this.#mostWaiting;
    if (isFull) {
      this.#held ??= { ...payload, characters: payload.characters.slice() };
      return false;
    }
    this.#held = undefined;
    return this.#take(payload);
  }

  /** Everything that waits; then there is room for what was held back. */
  read(): Uint8Array {
    const [first] = this.#waiting;
    const all = first && this.#waiting.length === 1 ? first : joined(this.#waiting, this.#waitingLength);
    this.#waiting = [];
    this.#waitingLength = 0;
    const held = this.#held;
    this.#held = undefined;
    if (held) this.#take(held);
    return all;
  }

  #take({ sequence, characters }: SolPayload): boolean {
    if (this.#last && sequence !== nextSolSequence(this.#last.acknowledged)) this.#hooks.onGap();
    this.#last = { acknowledged: sequence, accepted: Math.min(characters.length, 0xff) };
    // A packet has more than 255 characters only when a controller errs; what cannot be acknowledged comes again.
    const taken = characters.slice(0, this.#last.accepted);
    if (taken.length > 0) this.#waiting.push(taken);
    this.#waitingLength += taken.length;
    this.#hooks.acknowledge(this.#last);
    return taken.length > 0;
  }
}

function stepsAhead(from: number, to: number): number {
  return (to - from + 15) % 15;
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
