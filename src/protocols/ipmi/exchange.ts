import { SidebandError, toSidebandError } from '../../base/errors';

const firstWaitMs = 500;
const shortestWaitMs = 150;
const longestWaitMs = 2000;
/** How long a peer is asked in vain before it is given up. */
const patienceMs = 6000;

/** One question to the peer. */
export interface Question<Answer> {
  /** For messages: what was asked. */
  readonly name: string;
  /** How long to wait after each transmission, in milliseconds; as many transmissions as there are waits. Absent: the usual back-off. */
  readonly waitsMs?: readonly number[];
  /** The datagram of the nth transmission, from 0. */
  datagram(transmission: number): Uint8Array;
  /** The answer in a datagram, or nothing when it is not the answer. What throws `protocol.*` is dropped; another error ends the exchange. */
  accept(datagram: Uint8Array): Answer | undefined;
}

export interface ExchangeHooks {
  send(datagram: Uint8Array): void;
  /** Called once, when the first transmission of all goes unanswered. */
  onSilence(): void;
}

/** Asks one question at a time, again and again with growing waits, until it is answered or the peer is given up. */
export class Exchange {
  readonly #hooks: ExchangeHooks;
  #receive: ((datagram: Uint8Array) => void) | undefined;
  #waitMs = firstWaitMs;
  #heard = false;
  #silent = false;
  #dropped = 0;

  constructor(hooks: ExchangeHooks) {
    this.#hooks = hooks;
  }

  /** Whether the peer ever answered. */
  get heard(): boolean {
    return this.#heard;
  }

  /** How many datagrams were not the answer to what was asked: late, doubled, broken or forged. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The wait after a first transmission, from how quickly the peer has answered so far. */
  get waitMs(): number {
    return this.#waitMs;
  }

  receive(datagram: Uint8Array): void {
    if (this.#receive) this.#receive(datagram);
    else this.#dropped++;
  }

  /** Rejects with `connect.lost`, or `connect.timeout` when the peer never answered anything, or the signal's reason. */
  ask<Answer>(question: Question<Answer>, signal: AbortSignal): Promise<Answer> {
    if (this.#receive) throw new SidebandError('internal.bug', 'two questions at once in one session');
    const waits = question.waitsMs ?? backOff(this.#waitMs);
    return new Promise((resolve, reject) => {
      let transmissions = 0;
      let sentAt = 0;
      let timer: NodeJS.Timeout | undefined;

      const finish = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        this.#receive = undefined;
      };
      const fail = (error: unknown): void => {
        finish();
        reject(toSidebandError(error));
      };
      const stop = (): void => {
        fail(signal.reason);
      };
      const transmit = (): void => {
        if (transmissions > 0) this.#noteSilence();
        const wait = waits[transmissions];
        if (wait === undefined) {
          fail(this.#gaveUp(question.name));
          return;
        }
        const datagram = question.datagram(transmissions++);
        sentAt = performance.now();
        timer = setTimeout(transmit, wait);
        this.#hooks.send(datagram);
      };
      if (signal.aborted) {
        reject(toSidebandError(signal.reason));
        return;
      }
      signal.addEventListener('abort', stop, { once: true });
      this.#receive = (datagram) => {
        let answer: Answer | undefined;
        try {
          answer = question.accept(datagram);
        } catch (thrown) {
          const error = toSidebandError(thrown);
          if (!error.code.startsWith('protocol.')) {
            fail(error);
            return;
          }
        }
        if (answer === undefined) {
          this.#dropped++;
          return;
        }
        this.#heard = true;
        if (transmissions === 1) this.#learn(performance.now() - sentAt);
        finish();
        resolve(answer);
      };
      transmit();
    });
  }

  #noteSilence(): void {
    if (this.#silent || this.#heard) return;
    this.#silent = true;
    this.#hooks.onSilence();
  }

  #learn(roundTripMs: number): void {
    this.#waitMs = Math.min(firstWaitMs, Math.max(shortestWaitMs, 3 * roundTripMs + 50));
  }

  #gaveUp(name: string): SidebandError {
    return this.#heard
      ? new SidebandError('connect.lost', `no answer to ${name} any more`)
      : new SidebandError('connect.timeout', `no answer to ${name}`);
  }
}

/** Doubling waits until the peer's time is up. */
function backOff(firstMs: number): readonly number[] {
  const waits: number[] = [];
  let total = 0;
  for (let wait = firstMs; total < patienceMs; wait = Math.min(2 * wait, longestWaitMs)) {
    const last = Math.min(wait, patienceMs - total);
    waits.push(last);
    total += last;
  }
  return waits;
}
