import { Emitter } from '../../base/emitter';
import { SidebandError, toSidebandError } from '../../base/errors';
import { startDeadline } from '../../base/deadline';
import {
  activatePayload,
  activatePayloadCodes,
  type ActivatedPayload,
} from '../../protocols/ipmi/commands/activatePayload';
import { deactivatePayload } from '../../protocols/ipmi/commands/deactivatePayload';
import { getDeviceId } from '../../protocols/ipmi/commands/getDeviceId';
import { getPayloadActivationStatus } from '../../protocols/ipmi/commands/getPayloadActivationStatus';
import { getPayloadInstanceInfo } from '../../protocols/ipmi/commands/getPayloadInstanceInfo';
import { payloadTypes } from '../../protocols/ipmi/payloadTypes';
import type { IpmiSession } from '../../protocols/ipmi/session';
import { solHeaderLength } from '../../protocols/ipmi/sol/payload';
import { type SolNotice, SolSession } from '../../protocols/ipmi/sol/session';
import type { ConsoleEnd, ConsoleOptions, SerialConsole } from '../console';
import { named } from '../named';
import type { Endpoint, Surroundings } from '../technology';
import { type Connection, connect } from './connect';
import type { IpmiOptions } from './options';

const sol = { type: payloadTypes.sol, instance: 1 };
const keepAliveMs = 5_000;
const deactivateMs = 1_500;
/** Controllers send no more, and break when they are sent more. */
const mostCharacters = 200;
/** For a controller that names no sensible size. */
const usualCharacters = 60;

const notices: Readonly<Record<SolNotice, string>> = {
  overrun: 'the controller lost characters of the computer: they came faster than it could send them',
  gap: 'the controller lost characters of the computer: it gave up sending them',
  break: 'the computer sent a break',
  'transfer-unavailable': 'the computer takes no characters now: it may be off, or its serial port not set up',
  'transfer-available': 'the computer takes characters again',
};

/** Opens a console in a session of its own. Rejects with `console.taken` when somebody else has one open. */
export async function openSolConsole(
  endpoint: Endpoint<IpmiOptions>,
  surroundings: Surroundings,
  options: ConsoleOptions,
  signal: AbortSignal,
): Promise<SerialConsole> {
  const connection = await connect(endpoint, surroundings, signal);
  try {
    const activated = await activate(connection.session, options, signal);
    return new SolConsole(endpoint.computer, connection, activated);
  } catch (thrown) {
    // A payload whose activation was not confirmed ends with its session.
    await connection[Symbol.asyncDispose]();
    throw named(endpoint.computer, thrown);
  }
}

async function activate(
  session: IpmiSession,
  { takeOver }: ConsoleOptions,
  signal: AbortSignal,
): Promise<ActivatedPayload> {
  try {
    return await session.run(activatePayload, sol, signal);
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.details.completionCode !== activatePayloadCodes.alreadyActive) throw activationError(error);
    const holder = await holderOf(session, signal);
    // When the answer to the activation was lost it is we who hold it.
    const isOurs = holder !== undefined && holder === session.id;
    if (!takeOver && !isOurs) throw taken(holder, error);
    await deactivate(session, signal);
    return await session.run(activatePayload, sol, signal).catch((again: unknown) => {
      throw activationError(toSidebandError(again));
    });
  }
}

/** The session that holds the console; nothing when the controller does not say. */
async function holderOf(session: IpmiSession, signal: AbortSignal): Promise<number | undefined> {
  try {
    return (await session.run(getPayloadInstanceInfo, sol, signal)) || undefined;
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.code.startsWith('device.') || error.code.startsWith('protocol.')) return undefined;
    throw error;
  }
}

function taken(holder: number | undefined, cause: SidebandError): SidebandError {
  const by = holder === undefined ? '' : ` by the controller’s session ${holder.toString(16).padStart(8, '0')}h`;
  const { completionCode, deviceCode = '80h' } = cause.details;
  return new SidebandError('console.taken', `the serial console is already open${by}`, {
    deviceCode,
    completionCode,
    ...(holder !== undefined && { holder }),
  });
}

function activationError(error: SidebandError): SidebandError {
  const { completionCode, deviceCode = '' } = error.details;
  const details = { deviceCode, completionCode };
  switch (completionCode) {
    case activatePayloadCodes.alreadyActive:
      return taken(undefined, error);
    case activatePayloadCodes.disabled: {
      const hint = 'Enable Serial over LAN on the controller, for its LAN channel and for this user.';
      return new SidebandError('device.unsupported', 'Serial over LAN is disabled on the controller', {
        ...details,
        hint,
      });
    }
    case activatePayloadCodes.limitReached:
      return new SidebandError('device.busy', 'the controller has no more serial consoles', details);
    case activatePayloadCodes.cannotEncrypt: {
      const hint = 'Use cipher suite 17 or 3 in the profile: a serial console is not opened without encryption.';
      return new SidebandError('device.unsupported', 'the controller cannot encrypt the serial console', {
        ...details,
        hint,
      });
    }
    default:
      return error;
  }
}

async function deactivate(session: IpmiSession, signal: AbortSignal): Promise<void> {
  try {
    await session.run(deactivatePayload, sol, signal);
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.details.completionCode !== 0x80) throw error; // 80h: it has ended by itself
  }
}

/** How many characters a packet may have, from what the controller says of itself. */
export function charactersFor({ maximumInbound }: ActivatedPayload): number {
  const swapped = ((maximumInbound & 0xff) << 8) | (maximumInbound >> 8);
  const size = [maximumInbound, swapped].find((one) => one > solHeaderLength && one <= 1024);
  return size === undefined ? usualCharacters : Math.min(size - solHeaderLength, mostCharacters);
}

class SolConsole implements SerialConsole {
  readonly #computer: string;
  readonly #connection: Connection;
  readonly #sol: SolSession;
  readonly #noticed = new Emitter<string>();
  readonly onDidNotice = this.#noticed.event;
  readonly #end = Promise.withResolvers<ConsoleEnd>();
  readonly ended = this.#end.promise;
  readonly #stopped = new AbortController();
  #keepAlive: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;
  #hasEnded = false;
  #isAsking = false;

  constructor(computer: string, connection: Connection, activated: ActivatedPayload) {
    this.#computer = computer;
    this.#connection = connection;
    const { session } = connection;
    this.#sol = new SolSession(
      {
        send: (payload) => {
          session.sendPayload(sol.type, payload);
        },
        onStall: () => void this.#ask(),
        onNotice: (notice) => {
          this.#noticed.fire(notices[notice]);
        },
        onEnd: (error, by) => {
          this.#finish(by, error);
        },
      },
      { mostCharacters: charactersFor(activated) },
    );
    session.handlePayloads(sol.type, (payload) => {
      this.#sol.receive(payload);
    });
    this.#sol.greet();
    this.#rest();
  }

  read(signal: AbortSignal): Promise<Uint8Array | undefined> {
    return this.#sol.read(signal);
  }

  write(characters: Uint8Array, signal: AbortSignal): Promise<void> {
    return this.#named(this.#sol.write(characters, signal));
  }

  sendBreak(signal: AbortSignal): Promise<void> {
    return this.#named(this.#sol.sendBreak(signal));
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#finish('us', new SidebandError('run.cancelled', 'the serial console was closed'));
    return this.#closing ?? Promise.resolve();
  }

  async #named<T>(promise: Promise<T>): Promise<T> {
    try {
      return await promise;
    } catch (thrown) {
      throw named(this.#computer, thrown);
    }
  }

  /**
   * A session without commands ends after a minute, with some controllers after half of one, however much is typed and said: so the
   * controller is asked something now and then. It also does not always tell that somebody has taken the console over.
   */
  #rest(): void {
    if (this.#hasEnded) return;
    clearTimeout(this.#keepAlive);
    this.#keepAlive = setTimeout(() => void this.#ask(), keepAliveMs);
  }

  /** Asks whether the controller is there and the console still ours. */
  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      const { session } = this.#connection;
      const { signal } = this.#stopped;
      await session.run(getDeviceId, undefined, signal);
      this.#sol.linkIsAlive();
      await this.#assertOurs(session, signal);
      this.#rest();
    } catch (thrown) {
      const error = toSidebandError(thrown);
      if (this.#hasEnded) return;
      if (/^(device|protocol)\./.test(error.code)) this.#rest();
      else this.#finish(error.code === 'console.taken' ? 'controller' : 'network', error);
    } finally {
      this.#isAsking = false;
    }
  }

  /** The controller’s word that it has ended the console may be lost. */
  async #assertOurs(session: IpmiSession, signal: AbortSignal): Promise<void> {
    const { active } = await session.run(getPayloadActivationStatus, sol.type, signal);
    if (!active.includes(sol.instance)) {
      throw new SidebandError('console.taken', 'the controller has ended the serial console');
    }
    const holder = await holderOf(session, signal);
    if (holder !== undefined && holder !== session.id) {
      throw new SidebandError('console.taken', 'somebody else has taken over the serial console', { holder });
    }
  }

  #finish(by: ConsoleEnd['by'], error: SidebandError): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#keepAlive);
    this.#stopped.abort();
    this.#sol.end(error);
    this.#closing = this.#close(by);
    this.#end.resolve({ by, reason: error.message, error: named(this.#computer, error) });
  }

  /** Never rejects. What the controller has ended is not de-activated: it may be somebody else’s by now. */
  async #close(by: ConsoleEnd['by']): Promise<void> {
    if (by === 'us') {
      using deadline = startDeadline(new AbortController().signal, deactivateMs);
      await deactivate(this.#connection.session, deadline.signal).catch(() => undefined);
    }
    await this.#connection[Symbol.asyncDispose]();
  }
}
