import { type SidebandError, toSidebandError } from '../../../base/errors';
import type { Acknowledgement } from './receiver';
import { encodeSolPayload, nextSolSequence, solOperations, type SolPayload, solStatus } from './payload';
import { RetryTimer } from './retryTimer';

/** How often a packet is sent in vain before the controller is given up: about eight seconds. */
const mostTransmissions = 32;
/** After so many the link is checked. */
const stalledAfter = 8;
/** On a link that is known to work, after so many more: the controller has the packet, and drops its repetitions in silence (OpenBMC). */
const probeAfter = 4;
/** A greeting that is not acknowledged after so many is given up. */
const mostGreetings = 4;
const nothing = new Uint8Array(0);

interface Item {
  characters: Uint8Array;
  readonly operation: number;
  readonly isGreeting?: boolean;
  resolve(): void;
  reject(error: SidebandError): void;
}

interface Outstanding {
  readonly item: Item;
  readonly sequence: number;
  /** Of the item, from its beginning. */
  readonly count: number;
  readonly sentAt: number;
  transmissions: number;
  /** The transmissions when the link was seen to work. */
  aliveAt: number | undefined;
  /** The controller has said what it took: the rest goes later. */
  isPostponed: boolean;
}

export interface SolSenderHooks {
  send(payload: Uint8Array): void;
  /** Something is not acknowledged: when the controller still answers commands, say `linkIsAlive`. */
  onStall(): void;
  /** The controller has not acknowledged for too long. */
  onSilence(): void;
}

/** What goes to the controller: one packet at a time, sent again until it is acknowledged. */
export class SolSender {
  readonly #hooks: SolSenderHooks;
  readonly #mostCharacters: number;
  readonly #queue: Item[] = [];
  #sequence = 0;
  #outstanding: Outstanding | undefined;
  readonly #retry = new RetryTimer();
  #ended: SidebandError | undefined;

  constructor(hooks: SolSenderHooks, mostCharacters: number) {
    this.#hooks = hooks;
    this.#mostCharacters = mostCharacters;
  }

  /**
   * Resolves when the controller has taken all of it. Rejects with the signal's reason; what was not sent by then is not sent any more,
   * and what was sent may still be taken.
   */
  push(characters: Uint8Array, operation: keyof typeof solOperations | undefined, signal: AbortSignal): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      if (this.#ended) {
        reject(this.#ended);
      } else if (signal.aborted) {
        reject(toSidebandError(signal.reason));
      } else if (characters.length === 0 && !operation) {
        resolve();
      } else {
        const flags = operation ? solOperations[operation] : 0;
        const onAbort = (): void => {
          this.#giveUp(item);
          reject(toSidebandError(signal.reason));
        };
        const item: Item = {
          characters: characters.slice(),
          operation: flags,
          resolve: () => {
            signal.removeEventListener('abort', onAbort);
            resolve();
          },
          reject: (error) => {
            signal.removeEventListener('abort', onAbort);
            reject(error);
          },
        };
        signal.addEventListener('abort', onAbort, { once: true });
        this.#queue.push(item);
        this.#advance(undefined);
      }
    });
  }

  /**
   * Sends an empty packet, which nobody waits for. Some controllers remember the last sequence of the console before, and take the
   * first packet of this one for a repetition if it has the same.
   */
  greet(): void {
    const done = (): void => undefined;
    this.#queue.push({ characters: nothing, operation: 0, isGreeting: true, resolve: done, reject: done });
    this.#advance(undefined);
  }

  /** Sends the acknowledgement, on characters where some wait. */
  acknowledge(acknowledgement: Acknowledgement): void {
    if (this.#advance(acknowledgement)) return;
    this.#hooks.send(encodeSolPayload({ ...acknowledgement, sequence: 0, flags: 0, characters: nothing }));
  }

  /** Takes the acknowledging half of a packet. */
  receive({ acknowledged, accepted, flags }: SolPayload): void {
    const outstanding = this.#outstanding;
    if (!outstanding || outstanding.isPostponed || acknowledged === 0) return;
    if (isProbing(outstanding)) {
      if (acknowledged !== nextSolSequence(outstanding.sequence)) return;
      this.#sequence = acknowledged;
      this.#settle(outstanding, outstanding.count);
      return;
    }
    if (acknowledged !== outstanding.sequence) return;
    if (outstanding.transmissions === 1) this.#retry.measure(performance.now() - outstanding.sentAt);
    const taken = Math.min(accepted, outstanding.count);
    const isUnavailable = (flags & solStatus.transferUnavailable) !== 0 && taken < outstanding.count;
    const isRefused = (flags & solStatus.nack) !== 0 || isUnavailable;
    if (isRefused || (taken === 0 && outstanding.count > 0)) this.#postpone(outstanding, taken);
    else this.#settle(outstanding, taken);
  }

  /** The controller has answered something else since `onStall`. */
  linkIsAlive(): void {
    const outstanding = this.#outstanding;
    if (outstanding) outstanding.aliveAt ??= outstanding.transmissions;
  }

  end(error: SidebandError): void {
    this.#ended = error;
    this.#retry.stop();
    this.#outstanding = undefined;
    for (const item of this.#queue.splice(0)) item.reject(error);
  }

  /** Sends the next packet if none is outstanding. Gives whether it did. */
  #advance(acknowledgement: Acknowledgement | undefined): boolean {
    const [item] = this.#queue;
    if (!item || this.#outstanding || this.#ended) return false;
    this.#sequence = nextSolSequence(this.#sequence);
    const count = Math.min(item.characters.length, this.#mostCharacters);
    const outstanding: Outstanding = {
      item,
      sequence: this.#sequence,
      count,
      sentAt: performance.now(),
      transmissions: 0,
      aliveAt: undefined,
      isPostponed: false,
    };
    this.#outstanding = outstanding;
    this.#transmit(outstanding, acknowledgement);
    return true;
  }

  /** Only the first transmission acknowledges: OpenBMC drops a packet with an acknowledgement that is not due. */
  #transmit(
    outstanding: Outstanding,
    { acknowledged, accepted }: Acknowledgement = { acknowledged: 0, accepted: 0 },
  ): void {
    const { item, sequence, count } = outstanding;
    outstanding.transmissions++;
    const payload = isProbing(outstanding)
      ? { sequence: nextSolSequence(sequence), flags: 0, characters: nothing }
      : { sequence, flags: item.operation, characters: item.characters.subarray(0, count) };
    this.#retry.start(outstanding.transmissions - 1, () => {
      if (item.isGreeting && outstanding.transmissions >= mostGreetings) this.#settle(outstanding, 0);
      else if (outstanding.transmissions >= mostTransmissions) this.#hooks.onSilence();
      else this.#transmit(outstanding);
    });
    this.#hooks.send(encodeSolPayload({ ...payload, acknowledged, accepted }));
    if (outstanding.transmissions === stalledAfter) this.#hooks.onStall();
  }

  /** The controller took these characters; the rest goes on under a new sequence. */
  #settle(outstanding: Outstanding, taken: number): void {
    this.#drop(outstanding, taken);
    this.#advance(undefined);
  }

  /** The controller cannot take more now: the rest goes later under a new sequence. */
  #postpone(outstanding: Outstanding, taken: number): void {
    if (taken > 0) this.#drop(outstanding, taken);
    outstanding.isPostponed = true;
    this.#outstanding = outstanding;
    this.#retry.postpone(() => {
      this.#outstanding = undefined;
      this.#advance(undefined);
    });
  }

  #drop({ item, count }: Outstanding, taken: number): void {
    this.#retry.stop();
    this.#outstanding = undefined;
    item.characters = item.characters.subarray(taken);
    if (item.characters.length > 0 || taken < count) return;
    this.#queue.shift();
    item.resolve();
  }

  /** What was not sent is not sent any more. */
  #giveUp(item: Item): void {
    const outstanding = this.#outstanding;
    if (outstanding?.item === item && !outstanding.isPostponed) {
      item.characters = item.characters.subarray(0, outstanding.count);
      return;
    }
    const index = this.#queue.indexOf(item);
    if (index >= 0) this.#queue.splice(index, 1);
  }
}

/** Whether an empty packet under the next sequence is sent instead: OpenBMC takes it only when it has the one before. */
function isProbing({ aliveAt, transmissions }: Outstanding): boolean {
  return aliveAt !== undefined && transmissions > aliveAt + probeAfter;
}
