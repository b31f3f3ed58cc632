import * as z from 'zod';
import { SidebandError } from '../../src/base/errors';
import { silentLog } from '../../src/base/log';
import { Secret, type SecretSource } from '../../src/base/secret';
import { Computer, type PowerState } from '../../src/fleet/computer';
import type { TechnologyName } from '../../src/fleet/technologyName';
import type { PowerAction, PowerClient } from '../../src/technologies/power';
import { Sessions } from '../../src/technologies/sessions';
import type { Pins, Surroundings, Technology } from '../../src/technologies/technology';
import type { HttpTransport } from '../../src/transport/http';
import type { UdpTransport } from '../../src/transport/udp';
import { noCache } from './cache';

/** A device that obeys at once, and a record of what was asked of it. */
export class FakeDevice {
  power: PowerState = 'on';
  readonly calls: string[] = [];
  /** Thrown by the named call from now on. */
  readonly failures = new Map<string, SidebandError>();
  /** When set, `open` waits for it or the signal. */
  gate: Promise<void> | undefined;
  /** Whether it leaves the first message unanswered. */
  silent = false;
  openNow = 0;

  fail(call: 'open' | 'readPower' | 'requestPower', error: SidebandError): void {
    this.failures.set(call, error);
  }

  async call(name: string, line: string): Promise<void> {
    this.calls.push(line);
    const failure = this.failures.get(name);
    if (failure) throw failure;
    return Promise.resolve();
  }
}

export interface FakeClient extends PowerClient, AsyncDisposable {}

/** A technology whose devices are looked up by host. */
export function fakeTechnology(name: TechnologyName, devices: ReadonlyMap<string, FakeDevice>): Technology<FakeClient> {
  const deviceOf = (host: string): FakeDevice => {
    const device = devices.get(host);
    if (!device) throw new SidebandError('connect.timeout', `${host} does not answer`);
    return device;
  };
  return {
    name,
    title: name.toUpperCase(),
    defaultPort: 1,
    schemes: [{ name, options: {} }],
    options: z.strictObject({}),
    async open({ host, onSilence }, _, signal) {
      const device = deviceOf(host);
      await device.call('open', `${name} open`);
      if (device.silent) onSilence?.();
      if (device.gate) await untilAborted(device.gate, signal);
      device.openNow++;
      return {
        async readPower() {
          await device.call('readPower', `${name} readPower`);
          return { state: device.power };
        },
        async requestPower(action) {
          await device.call('requestPower', `${name} ${action}`);
          device.power = stateAfter(action, device.power);
          return { confirmed: true };
        },
        [Symbol.asyncDispose]() {
          device.openNow--;
          return Promise.resolve();
        },
      };
    },
    check: () => Promise.resolve({ technology: name, ok: true, stages: [] }),
  };
}

export function fakeComputer(
  name: string,
  technologies: readonly TechnologyName[],
  tags = {},
  profile = 'lab',
): Computer {
  const accesses = technologies.map((technology) => ({ technology, host: name, options: {} }));
  return new Computer({ name, host: name, tags, profile, accesses });
}

export const fakeSecrets: SecretSource = { get: () => Promise.resolve(new Secret('secret')) };

export function fakeSessions({ idleMs = 0, secrets = fakeSecrets } = {}): Sessions {
  return new Sessions(fakeSurroundings(), secrets, { idleMs });
}

/** Nothing around: no network, no file, and pins that are forgotten with it. */
export function fakeSurroundings(others: Partial<Surroundings> = {}): Surroundings {
  return {
    udp: noUdp,
    http: noHttp,
    knockTcp: () => Promise.reject(new SidebandError('connect.unreachable', 'there is no network')),
    pins: memoryPins(),
    readFile: (name) => Promise.reject(new SidebandError('file.missing', `there is no file ${name}`)),
    cache: noCache,
    log: silentLog,
    ...others,
  };
}

export function memoryPins(): Pins {
  const pins = new Map<string, string>();
  return {
    get: (host, port) => pins.get(`${host} ${port}`),
    pin: (host, port, fingerprint) => Promise.resolve(void pins.set(`${host} ${port}`, fingerprint)),
  };
}

const noHttp: HttpTransport = {
  open: () => {
    throw new SidebandError('connect.unreachable', 'there is no network');
  },
};

const noUdp: UdpTransport = {
  resolve: (host) => Promise.resolve(host),
  listen: () => ({ dispose: () => undefined }),
  send: () => undefined,
  knock: () => Promise.resolve({ kind: 'silent' }),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

function stateAfter(action: PowerAction, before: PowerState): PowerState {
  if (action === 'on') return 'on';
  return action === 'off' || action === 'off-graceful' ? 'off' : before;
}

export function untilAborted(gate: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void gate.then(resolve);
  });
}
