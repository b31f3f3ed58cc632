import { SidebandError, toSidebandError } from '../../../base/errors';
import { decodeSolPayload, type SolPayload, solStatus } from './payload';
import { SolReceiver } from './receiver';
import { SolSender } from './sender';

/** What a reader may leave unread before the controller is held back. */
const defaultMostWaiting = 1 << 20;

export type SolNotice = 'overrun' | 'transfer-unavailable' | 'transfer-available' | 'break' | 'gap';

export interface SolHooks {
  send(payload: Uint8Array): void;
  /** Called when the controller acknowledges nothing: say `linkIsAlive` when it still answers commands. */
  onStall(): void;
  /** Called when the controller says something beside the characters. */
  onNotice(notice: SolNotice): void;
  /** Called once, when the controller ends it or does not answer any more; not for `end`. */
  onEnd(error: SidebandError, by: 'controller' | 'network'): void;
}

export interface SolOptions {
  /** Characters in one packet to the controller. */
  readonly mostCharacters: number;
  /** Characters that may wait for a reader; the rest waits at the controller. */
  readonly mostWaiting?: number;
}

interface Reader {
  resolve(characters: Uint8Array | undefined): void;
}

/** An active SOL payload, IPMI v2.0 section 15. Feed it the payloads that the controller sends. */
export class SolSession {
  readonly #hooks: SolHooks;
  readonly #receiver: SolReceiver;
  readonly #sender: SolSender;
  #reader: Reader | undefined;
  #isUnavailable = false;
  #ended = false;

  constructor(hooks: SolHooks, { mostCharacters, mostWaiting = defaultMostWaiting }: SolOptions) {
    this.#hooks = hooks;
    this.#sender = new SolSender(
      {
        send: (payload) => {
          hooks.send(payload);
        },
        onStall: () => {
          hooks.onStall();
        },
        onSilence: () => {
          this.#fail('network', 'the controller does not acknowledge what is typed any more');
        },
      },
      mostCharacters,
    );
    this.#receiver = new SolReceiver(
      {
        acknowledge: (acknowledgement) => {
          if (!this.#ended) this.#sender.acknowledge(acknowledgement);
        },
        onGap: () => {
          hooks.onNotice('gap');
        },
      },
      mostWaiting,
    );
  }

  /** Takes a payload from the controller. Throws `protocol.truncated`. */
  receive(payload: Uint8Array): void {
    const decoded = decodeSolPayload(payload);
    if (this.#ended) return;
    this.#notice(decoded);
    this.#sender.receive(decoded);
    if (decoded.sequence !== 0 && this.#receiver.receive(decoded)) this.#feed();
    if ((decoded.flags & solStatus.deactivated) !== 0) {
      this.#fail('controller', 'the controller has ended the serial console: it was taken over, or switched off');
    }
  }

  /** To be said first: see `SolSender.greet`. */
  greet(): void {
    this.#sender.greet();
  }

  /** Resolves when the controller has taken the characters. */
  write(characters: Uint8Array, signal: AbortSignal): Promise<void> {
    return this.#sender.push(characters, undefined, signal);
  }

  /** Resolves when the controller has acknowledged the break. */
  sendBreak(signal: AbortSignal): Promise<void> {
    return this.#sender.push(new Uint8Array(0), 'break', signal);
  }

  /** What has come, as soon as there is something; nothing when the console has ended and all was read. One reader at a time. */
  read(signal: AbortSignal): Promise<Uint8Array | undefined> {
    if (this.#reader) return Promise.reject(new SidebandError('internal.bug', 'two readers of one serial console'));
    if (signal.aborted) return Promise.reject(toSidebandError(signal.reason));
    if (this.#receiver.hasWaiting) return Promise.resolve(this.#receiver.read());
    if (this.#ended) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#reader = undefined;
        reject(toSidebandError(signal.reason));
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#reader = {
        resolve: (characters) => {
          signal.removeEventListener('abort', onAbort);
          resolve(characters);
        },
      };
    });
  }

  /** The controller has answered a command since `onStall`. */
  linkIsAlive(): void {
    this.#sender.linkIsAlive();
  }

  /** Ends it from this side: nothing is sent any more, and what waits to be written is rejected with the error. */
  end(error: SidebandError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#sender.end(error);
    this.#feed();
  }

  #fail(by: 'controller' | 'network', message: string): void {
    if (this.#ended) return;
    const error = new SidebandError(by === 'network' ? 'connect.lost' : 'console.taken', message);
    this.end(error);
    this.#hooks.onEnd(error, by);
  }

  #feed(): void {
    const reader = this.#reader;
    if (!reader) return;
    this.#reader = undefined;
    reader.resolve(this.#receiver.hasWaiting ? this.#receiver.read() : undefined);
  }

  #notice({ flags }: SolPayload): void {
    if ((flags & solStatus.overrun) !== 0) this.#hooks.onNotice('overrun');
    if ((flags & solStatus.breakSeen) !== 0) this.#hooks.onNotice('break');
    const isUnavailable = (flags & solStatus.transferUnavailable) !== 0;
    if (isUnavailable === this.#isUnavailable) return;
    this.#isUnavailable = isUnavailable;
    this.#hooks.onNotice(isUnavailable ? 'transfer-unavailable' : 'transfer-available');
  }
}
