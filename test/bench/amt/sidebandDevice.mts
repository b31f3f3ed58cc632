// The engine's own client of one device, as operations open it.
import { silentLog } from '../../../src/base/log';
import { Secret } from '../../../src/base/secret';
import { amt } from '../../../src/technologies/amt/amt';
import type { AmtClient } from '../../../src/technologies/amt/client';
import type { Surroundings } from '../../../src/technologies/technology';
import { httpTransport } from '../../../src/transport/httpClient';
import type { UdpTransport } from '../../../src/transport/udp';
import type { Target } from './client.mts';
import { password, user } from './common.mts';

export function makeSurroundings(udp: UdpTransport): Surroundings {
  return {
    udp,
    http: httpTransport,
    knockTcp: () => Promise.reject(new Error('no ports')),
    log: silentLog,
    pins: { get: () => undefined, pin: () => Promise.resolve() },
    cache: { get: () => undefined, set: () => undefined },
    readFile: () => Promise.reject(new Error('no files')),
  };
}

const secret = (): Promise<Secret> => Promise.resolve(new Secret(password));
/** As a profile gives them, checked once for all of its computers. */
const options = new Map<string, ReturnType<typeof amt.options.parse>>();

export function openDevice(target: Target, surroundings: Surroundings, signal: AbortSignal): Promise<AmtClient> {
  const { host, port, tls, fingerprint } = target;
  const profile = tls ? fingerprint : '';
  const known = options.get(profile) ?? amt.options.parse({ user, tls, ...(tls && { fingerprint }) });
  options.set(profile, known);
  return amt.open({ computer: host, host, port, isPortGiven: true, options: known, secret }, surroundings, signal);
}
