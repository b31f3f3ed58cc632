import { SidebandError, toSidebandError } from '../../base/errors';

const firstWaitMs = 400;
const shortestWaitMs = 150;
const longestWaitMs = 1000;
/** Waits are multiples of this, so that the timers of thousands of sessions share a few lists. */
const waitStepMs = 50;
/** How long a peer is asked in vain before it is given up. */
const patienceMs = 6000;

/** What `accept` gives for a datagram that is no answer, but changes what must be asked. */
export const askAgain = Symbol('ask again');

/** One question to the peer. */
export interface Question<Answer> {
  /** For messages: what was asked. */
  readonly name: string;
  /** How long to wait after each transmission, in milliseconds; as many transmissions as there are waits. Absent: the usual back-off. */
  readonly waitsMs?: readonly number[];
  /** The datagram of the nth transmission, from 0. */
  datagram(transmission: number): Uint8Array;
  /** The answer in a datagram, or nothing when it is not the answer. What throws `protocol.*` is dropped; another error ends the exchange. */
  accept(datagram: Uint8Array): Answer | typeof askAgain | undefined;
}

export interface ExchangeHooks {
  send(datagram: Uint8Array): void;
  /** Called once, when the first transmission of all goes unanswered. */
  onSilence(): void;
  /** Each message in words. */
  readonly trace: (line: () => string) => void;
}

interface Pending {
  readonly question: Question<unknown>;
  readonly waitsMs: readonly number[];
  resolve(answer: unknown): void;
  reject(error: SidebandError): void;
}

/** Asks one question at a time, again and again with growing waits, until it is answered or the peer is given up. */
export class Exchange {
  readonly #hooks: ExchangeHooks;
  #pending: Pending | undefined;
  /** Listened to from question to question, for most come with the same one. */
  #signal: AbortSignal | undefined;
  #ended: SidebandError | undefined;
  #transmissions = 0;
  #sentAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #waitMs = firstWaitMs;
  #shortestRoundTripMs = Infinity;
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

  /** Why nothing more can be asked. */
  get ended(): SidebandError | undefined {
    return this.#ended;
  }

  /** How often the last question was sent. */
  get transmissions(): number {
    return this.#transmissions;
  }

  /** The wait after a first transmission, from how quickly the peer has answered so far. */
  get waitMs(): number {
    return this.#waitMs;
  }

  /** Sends without waiting for anything. */
  sendAside(datagram: Uint8Array): void {
    this.#hooks.send(datagram);
  }

  /** Rejects with `connect.lost`, or `connect.timeout` when the peer never answered anything, or the signal's reason. */
  ask<Answer>(question: Question<Answer>, signal?: AbortSignal): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      if (this.#ended) {
        reject(this.#ended);
      } else if (this.#pending) {
        reject(new SidebandError('internal.bug', 'two questions at once in one session'));
      } else if (signal?.aborted) {
        reject(toSidebandError(signal.reason));
      } else {
        const waitsMs = question.waitsMs ?? backOff(this.#waitMs);
        this.#pending = { question, waitsMs, resolve, reject };
        this.#transmissions = 0;
        this.#listenTo(signal);
        this.#transmit();
      }
    });
  }

  /** Ends the question under way with this error, and rejects every later one with it. */
  end(error: SidebandError): void {
    this.#ended = error;
    this.#stop(error);
    this.#listenTo(undefined);
  }

  receive(datagram: Uint8Array): void {
    const pending = this.#pending;
    let answer: unknown;
    try {
      answer = pending?.question.accept(datagram);
    } catch (thrown) {
      const error = toSidebandError(thrown);
      if (!error.code.startsWith('protocol.')) {
        this.#stop(error);
        return;
      }
    }
    if (pending === undefined || answer === undefined) {
      this.#dropped++;
      return;
    }
    this.#heard = true;
    if (answer === askAgain) {
      this.#transmit();
      return;
    }
    if (this.#transmissions === 1) this.#learn(performance.now() - this.#sentAt);
    this.#finish()?.resolve(answer);
  }

  readonly #onAbort = (): void => {
    this.#stop(toSidebandError(this.#signal?.reason));
  };

  readonly #onTimeout = (): void => {
    // When the process was busy the answer may lie in the socket: it is read before this comes round.
    this.#immediate = setImmediate(this.#repeat);
  };

  readonly #repeat = (): void => {
    if (!this.#silent && !this.#heard) {
      this.#silent = true;
      this.#hooks.onSilence();
    }
    this.#transmit();
  };

  #listenTo(signal: AbortSignal | undefined): void {
    if (this.#signal === signal) return;
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#signal = signal;
    signal?.addEventListener('abort', this.#onAbort);
  }

  #stop(error: SidebandError): void {
    this.#finish()?.reject(error);
  }

  #transmit(): void {
    const pending = this.#pending;
    if (!pending) return;
    this.#cancelTimers();
    const transmission = this.#transmissions;
    const waitMs = pending.waitsMs[transmission];
    if (waitMs === undefined) {
      this.#stop(this.#gaveUp(pending.question.name));
      return;
    }
    const datagram = pending.question.datagram(transmission);
    this.#hooks.trace(() => `> ${pending.question.name}${transmission > 0 ? ', again' : ''}`);
    this.#transmissions++;
    this.#sentAt = performance.now();
    this.#timer = setTimeout(this.#onTimeout, waitMs);
    this.#hooks.send(datagram);
  }

  #finish(): Pending | undefined {
    const pending = this.#pending;
    this.#cancelTimers();
    this.#pending = undefined;
    return pending;
  }

  #cancelTimers(): void {
    clearTimeout(this.#timer);
    if (this.#immediate) clearImmediate(this.#immediate);
    this.#immediate = undefined;
  }

  #learn(roundTripMs: number): void {
    // The shortest one, for a process that talks to thousands at once adds queues of its own.
    this.#shortestRoundTripMs = Math.min(this.#shortestRoundTripMs, roundTripMs);
    const wait = Math.ceil((2 * this.#shortestRoundTripMs) / waitStepMs + 1) * waitStepMs;
    this.#waitMs = Math.min(firstWaitMs, Math.max(shortestWaitMs, wait));
  }

  #gaveUp(name: string): SidebandError {
    return this.#heard
      ? new SidebandError('connect.lost', `no answer to ${name} any more`)
      : new SidebandError('connect.timeout', `no answer to ${name}`);
  }
}

const backOffs = new Map<number, readonly number[]>();

/** The first wait twice, for one lost datagram is likelier than a slow peer; then doubling until the peer's time is up. */
function backOff(firstMs: number): readonly number[] {
  const known = backOffs.get(firstMs);
  if (known) return known;
  const waits: number[] = [];
  let total = 0;
  for (let wait = firstMs; total < patienceMs;) {
    const last = Math.min(wait, patienceMs - total);
    waits.push(last);
    total += last;
    if (waits.length > 1) wait = Math.min(2 * wait, longestWaitMs);
  }
  backOffs.set(firstMs, waits);
  return waits;
}

/** The usual waits, but from no less than this. */
export function patientBackOff(leastMs: number, waitMs: number): readonly number[] {
  return backOff(Math.max(leastMs, waitMs));
}
