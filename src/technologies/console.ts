import type { SidebandError } from '../base/errors';
import type { Event } from '../base/emitter';

/** Why a console ended. */
export interface ConsoleEnd {
  /** `us`: it was disposed of. */
  readonly by: 'us' | 'controller' | 'network';
  /** For people. */
  readonly reason: string;
  /** What a write gets from now on. */
  readonly error: SidebandError;
}

/** The serial port of a computer. Disposing of it gives it free; to open a new one after its end is for the caller to offer. */
export interface SerialConsole extends AsyncDisposable {
  /**
   * Characters as soon as there are some; nothing when the console has ended and all was read. While nobody reads they are kept, and
   * beyond a bound held back at the controller. One reader at a time.
   */
  read(signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** Resolves when the controller has taken the characters. Writes happen in the order of their calls. */
  write(characters: Uint8Array, signal: AbortSignal): Promise<void>;
  sendBreak(signal: AbortSignal): Promise<void>;
  /** What the controller says beside the characters, in words: lost characters, a computer that takes none. */
  readonly onDidNotice: Event<string>;
  /** Never rejects. */
  readonly ended: Promise<ConsoleEnd>;
}

export interface ConsoleOptions {
  /** Ends the console that somebody else has open. Otherwise opening rejects with `console.taken`. */
  readonly takeOver: boolean;
}
