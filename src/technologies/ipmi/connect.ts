import { randomFillSync } from 'node:crypto';
import { SidebandError, toSidebandError } from '../../base/errors';
import { type CipherSuite, cipherSuites } from '../../protocols/ipmi/cipherSuites';
import type { Login } from '../../protocols/ipmi/openSession';
import { encodePresencePing } from '../../protocols/ipmi/rmcp';
import { IpmiSession } from '../../protocols/ipmi/session';
import type { KnockResult, UdpEndpoint } from '../../transport/udp';
import { named } from '../named';
import type { Endpoint, Surroundings } from '../technology';
import type { IpmiOptions } from './options';

const longestPassword = 20;
const knockMs = 3000;
const poolSize = 4096;

/** An open session and what must be undone after it. */
export interface Connection extends AsyncDisposable {
  readonly session: IpmiSession;
}

/** Controllers that took suite 3 the last time, so that the next login need not offer 17 first. */
const onlySuite3 = new Set<string>();

/** Logs in with the profile's cipher suite, or with 17 or else 3. Errors name the computer. */
export async function connect(
  endpoint: Endpoint<IpmiOptions>,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Connection> {
  const { computer, host, port } = endpoint;
  try {
    const to = { address: await surroundings.udp.resolve(host, signal), port };
    const suites = suitesFor(endpoint.options, to);
    const login = { ...(await credentials(endpoint, signal)), suites, random };
    return await logIn({ to, login, endpoint, surroundings, signal });
  } catch (thrown) {
    throw named(computer, thrown);
  }
}

interface Attempt {
  readonly to: UdpEndpoint;
  readonly login: Login;
  readonly endpoint: Endpoint<IpmiOptions>;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
}

async function logIn({ to, login, endpoint, surroundings, signal }: Attempt): Promise<Connection> {
  const { udp, log } = surroundings;
  let loggingIn: AbortController | undefined;
  let knocked: KnockResult | undefined;
  const session = new IpmiSession(
    {
      send: (datagram) => {
        udp.send(datagram, to);
      },
      trace: (line) => {
        log.trace(() => `${endpoint.computer}: ${line()}`);
      },
      onSilence() {
        endpoint.onSilence?.();
        loggingIn = new AbortController();
        udp.knock(encodePresencePing(0), to, knockMs, loggingIn.signal).then(
          (result) => {
            knocked = result;
            if (!session.heard && isDeadEnd(result)) session.abandon(silenceError(to, result));
          },
          () => undefined, // the login has ended before
        );
      },
    },
    login,
  );
  const listener = udp.listen(to, (datagram) => {
    session.receive(datagram);
  });
  const close = async (): Promise<void> => {
    await session.close();
    listener.dispose();
  };
  try {
    const suite = await session.open(signal);
    if (suite.id === 3) onlySuite3.add(keyOf(to));
    else onlySuite3.delete(keyOf(to));
    return { session, [Symbol.asyncDispose]: close };
  } catch (thrown) {
    await close();
    const error = toSidebandError(thrown);
    throw error.code === 'connect.timeout' ? silenceError(to, knocked) : error;
  } finally {
    loggingIn?.abort();
  }
}

async function credentials(
  endpoint: Endpoint<IpmiOptions>,
  signal: AbortSignal,
): Promise<Pick<Login, 'user' | 'password' | 'privilege'>> {
  const encoder = new TextEncoder();
  const password = encoder.encode((await endpoint.secret(signal)).reveal());
  if (password.length > longestPassword) {
    const hint = 'Give the user a password of at most 20 bytes on the controller.';
    throw new SidebandError('auth.rejected', `the password is longer than IPMI’s ${longestPassword} bytes`, { hint });
  }
  return { user: encoder.encode(endpoint.options.user), password, privilege: endpoint.options.privilege };
}

function suitesFor({ cipherSuite }: IpmiOptions, to: UdpEndpoint): readonly CipherSuite[] {
  if (cipherSuite !== undefined) return [cipherSuites[cipherSuite]];
  const { 3: suite3, 17: suite17 } = cipherSuites;
  return onlySuite3.has(keyOf(to)) ? [suite3, suite17] : [suite17, suite3];
}

function keyOf({ address, port }: UdpEndpoint): string {
  return `${address} ${port}`;
}

function isDeadEnd({ kind }: KnockResult): boolean {
  return kind === 'refused' || kind === 'unreachable';
}

/** Why nothing answered, as far as a knock could tell. */
export function silenceError({ address, port }: UdpEndpoint, knocked: KnockResult | undefined): SidebandError {
  const where = `${address} UDP port ${port}`;
  switch (knocked?.kind) {
    case 'refused':
      return new SidebandError('connect.refused', `nothing listens on ${where}`);
    case 'unreachable':
      return new SidebandError('connect.unreachable', `nothing routes to ${address}`);
    case 'answer':
      return new SidebandError('ipmi.not-configured', `${where} answers a ping but opens no session`);
    case 'silent':
    case undefined:
      return new SidebandError('connect.timeout', `nothing answers on ${where}`);
  }
}

let pool = new Uint8Array(0);

/** Random bytes, drawn from the system in larger pieces. */
function random(length: number): Uint8Array {
  if (pool.length < length) pool = randomFillSync(new Uint8Array(poolSize));
  const bytes = pool.subarray(0, length);
  pool = pool.subarray(length);
  return bytes;
}
