import type { Cache } from '../../base/cache';
import type { IpmiCommand } from '../../protocols/ipmi/command';
import { type ChassisAction, chassisControl } from '../../protocols/ipmi/commands/chassisControl';
import { type ChassisStatus, getChassisStatus } from '../../protocols/ipmi/commands/getChassisStatus';
import { type DeviceId, getDeviceId } from '../../protocols/ipmi/commands/getDeviceId';
import { causedByChassisControl, getSystemRestartCause } from '../../protocols/ipmi/commands/getSystemRestartCause';
import { getSystemGuid } from '../../protocols/ipmi/commands/getSystemGuid';
import type { Proof, Read } from '../../protocols/ipmi/act';
import type { IpmiSession } from '../../protocols/ipmi/session';
import { named } from '../named';
import type { PowerAction, PowerClient, PowerReading } from '../power';
import type { Endpoint, Spendable } from '../technology';
import type { Connection } from './connect';
import { ifRefused } from './refused';

const chassisActionOf = {
  on: 'on',
  off: 'off',
  'off-graceful': 'soft-off',
  cycle: 'cycle',
  reset: 'reset',
  nmi: 'diagnostic-interrupt',
} as const satisfies Partial<Record<PowerAction, ChassisAction>>;
/** What Chassis Control offers. */
type IpmiPowerAction = keyof typeof chassisActionOf;

export type { ChassisStatus, DeviceId };

/** A logged-in controller. Errors name the computer. */
export class IpmiClient implements PowerClient<IpmiPowerAction>, Spendable, AsyncDisposable {
  readonly #endpoint: Pick<Endpoint<unknown>, 'computer' | 'host' | 'port'>;
  readonly #connection: Connection;
  /** What is kept of controllers between sessions. */
  readonly cache: Cache;
  /** Set by what ends the session, such as a reset of the controller. */
  isSpent = false;

  constructor(endpoint: Pick<Endpoint<unknown>, 'computer' | 'host' | 'port'>, connection: Connection, cache: Cache) {
    this.#endpoint = endpoint;
    this.#connection = connection;
    this.cache = cache;
  }

  /** Names this controller in the cache: where it is. What it is must be kept beside. */
  get cacheKey(): string {
    return `ipmi ${this.#endpoint.host} ${this.#endpoint.port}`;
  }

  /** Runs a command that may be repeated. */
  run<Input, Output>(command: IpmiCommand<Input, Output>, input: Input, signal: AbortSignal): Promise<Output> {
    return this.#with((session) => session.run(command, input, signal));
  }

  /**
   * Runs a command that must not happen twice and whose effect cannot be read. `confirmed` is false when its answer was lost but the
   * controller is known to have answered. Rejects with the effect `unknown` when it may have happened.
   */
  runOnce<Input>(
    command: IpmiCommand<Input, void>,
    input: Input,
    signal: AbortSignal,
  ): Promise<{ readonly confirmed: boolean }> {
    const proof: Proof = { kind: 'once', readState: () => Promise.resolve('unclear') };
    return this.#with((session) => session.runOnce({ command, input, proof }, signal));
  }

  async readPower(signal: AbortSignal): Promise<PowerReading> {
    return { state: (await this.chassisStatus(signal)).poweredOn ? 'on' : 'off' };
  }

  requestPower(action: IpmiPowerAction, signal: AbortSignal): Promise<{ readonly confirmed: boolean }> {
    return this.#with(async (session) => {
      const proof = await proofOf(action, session, signal);
      return session.runOnce({ command: chassisControl, input: chassisActionOf[action], proof }, signal);
    });
  }

  chassisStatus(signal: AbortSignal): Promise<ChassisStatus> {
    return this.run(getChassisStatus, undefined, signal);
  }

  deviceId(signal: AbortSignal): Promise<DeviceId> {
    return this.run(getDeviceId, undefined, signal);
  }

  systemGuid(signal: AbortSignal): Promise<string> {
    return this.run(getSystemGuid, undefined, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]();
  }

  async #with<T>(act: (session: IpmiSession) => Promise<T>): Promise<T> {
    try {
      return await act(this.#connection.session);
    } catch (thrown) {
      throw named(this.#endpoint.computer, thrown);
    }
  }
}

/** How to find out whether an action has happened when its answer is lost. */
async function proofOf(action: IpmiPowerAction, session: IpmiSession, signal: AbortSignal): Promise<Proof> {
  switch (action) {
    case 'on':
    case 'off': {
      const wanted = action === 'on';
      return {
        kind: 'idempotent',
        async readState(read, stop) {
          return (await read(getChassisStatus, undefined, stop)).poweredOn === wanted ? 'happened' : 'unchanged';
        },
      };
    }
    case 'nmi':
      return { kind: 'once', readState: () => Promise.resolve('unclear') };
    case 'off-graceful':
      return {
        kind: 'once',
        // A computer that is still on may be shutting down.
        async readState(read, stop) {
          return (await read(getChassisStatus, undefined, stop)).poweredOn ? 'unclear' : 'happened';
        },
      };
    case 'cycle':
    case 'reset': {
      const before = await restartCause((...what) => session.run(...what), signal);
      return {
        kind: 'once',
        async readState(read, stop) {
          if (before === undefined || before === causedByChassisControl) return 'unclear';
          return (await restartCause(read, stop)) === causedByChassisControl ? 'happened' : 'unchanged';
        },
      };
    }
  }
}

/** Nothing where the controller does not offer it. */
function restartCause(read: Read, signal: AbortSignal): Promise<number | undefined> {
  return ifRefused(read(getSystemRestartCause, undefined, signal), undefined);
}
