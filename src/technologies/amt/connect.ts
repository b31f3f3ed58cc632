import { SidebandError, toSidebandError } from '../../base/errors';
import { sleep } from '../../base/sleep';
import { WsmanClient } from '../../protocols/wsman/client';
import type { HttpResponse } from '../../transport/http';
import { named } from '../named';
import type { Endpoint, Pins, Surroundings } from '../technology';
import { askToTrust } from '../tls';
import { discard, greet, type Greeted, type Greeting, settle, type Settled, wsmanPath } from './greet';
import type { AmtOptions } from './options';
import { addressesOf, type AmtAddress } from './ports';
import { speaksNoTls, tellingMore } from './verdict';

const contentType = 'application/soap+xml;charset=UTF-8';
/** How much longer than the port in clear the one with TLS may take: packet filters drop what they do not refuse. */
const tlsLagMs = 1500;
/** After this long without an answer others need not wait for this computer. */
const silenceMs = 1000;

/** A device that has answered, before anybody logs in. */
export interface AmtConnection extends AsyncDisposable {
  readonly wsman: WsmanClient;
  readonly address: AmtAddress;
  /** The firmware's version as the web server gives it. Absent on devices that hide it. */
  readonly version: string | undefined;
  /** Of its login: in Intel AMT unique to an installation. */
  readonly realm: string | undefined;
}

/** After this long both ports are tried again: a device may have been given TLS since. */
const rememberedMs = 600_000;

interface Remembered {
  readonly address: AmtAddress;
  /** In milliseconds since 1970. */
  readonly until: number;
}

/** The addresses that answered the last time, by host and port, so that the next session need not try both. */
const memories = new WeakMap<Pins, Map<string, Remembered>>();

/** Finds the device's web server and gets its challenge. Errors name the computer. */
export async function connect(
  endpoint: Endpoint<AmtOptions>,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<AmtConnection> {
  const silence = setTimeout(() => endpoint.onSilence?.(), silenceMs);
  const memory = memoryOf(surroundings);
  try {
    const greeted = await findServer({ endpoint, surroundings, signal });
    memory.set(keyOf(endpoint), { address: greeted.address, until: Date.now() + rememberedMs });
    return toConnection(greeted, endpoint, surroundings);
  } catch (thrown) {
    memory.delete(keyOf(endpoint));
    throw named(endpoint.computer, thrown);
  } finally {
    clearTimeout(silence);
  }
}

/** WS-Management with a device that was greeted. Logs in with the first request. */
export function toConnection(
  { post, address, version }: Greeted,
  { computer }: Endpoint<AmtOptions>,
  { log }: Pick<Surroundings, 'log'>,
): AmtConnection {
  const exchange = async (body: string, signal: AbortSignal): Promise<HttpResponse> => {
    try {
      return await post.post({ path: wsmanPath, contentType, body }, signal);
    } catch (thrown) {
      throw named(computer, thrown);
    }
  };
  const trace = (line: () => string): void => {
    log.trace(() => `${computer}: ${line()}`);
  };
  const wsman = new WsmanClient(exchange, { to: wsmanPath, trace });
  return { wsman, address, version, realm: post.realm, [Symbol.asyncDispose]: () => post[Symbol.asyncDispose]() };
}

async function findServer(greeting: Greeting): Promise<Greeted> {
  const { endpoint, surroundings, signal } = greeting;
  const addresses = addressesOf(endpoint, surroundings.pins);
  const last = memoryOf(surroundings).get(keyOf(endpoint));
  const isFresh = last !== undefined && Date.now() < last.until;
  const known = isFresh && addresses.find(({ port, tls }) => port === last.address.port && tls === last.address.tls);
  try {
    if (!known) return await greetAny(addresses, greeting);
    const settled = await settle(greet(known, greeting));
    if ('value' in settled) return settled.value;
    if (settled.error.code !== 'connect.refused') throw settled.error;
    return await greetAny(addresses, greeting);
  } catch (thrown) {
    const withTls = addresses.find(({ tls }) => tls === 'tls');
    if (!withTls || !(await askToTrust(toSidebandError(thrown), endpoint, surroundings, signal))) throw thrown;
    return greet(withTls, greeting);
  }
}

function greetAny([first, second]: readonly AmtAddress[], greeting: Greeting): Promise<Greeted> {
  if (!first) throw new SidebandError('internal.bug', 'no address to try');
  return second ? greetBoth(first, second, greeting) : greet(first, greeting);
}

/** TLS and clear side by side: clear counts only where nothing speaks TLS. */
async function greetBoth(withTls: AmtAddress, inClear: AmtAddress, greeting: Greeting): Promise<Greeted> {
  const isPortShared = withTls.port === inClear.port;
  const enough = new AbortController();
  const side = { ...greeting, signal: AbortSignal.any([greeting.signal, enough.signal]) };
  const tls = settle(greet(withTls, side));
  const clear = settle(greet(inClear, side));
  const patience = clear.then(async (answer): Promise<Settled> => {
    if ('error' in answer) return tls;
    // A port that answers in clear has no TLS.
    if (!isPortShared) await sleep(tlsLagMs, side.signal).catch(() => undefined);
    return { error: new SidebandError('connect.timeout', `nothing answers on port ${withTls.port}`) };
  });
  const secure = await Promise.race([tls, patience]);
  const isSecure = 'value' in secure || !speaksNoTls(secure.error, { isPortShared });
  const chosen = isSecure ? secure : await clear;
  enough.abort();
  await discard(await (isSecure ? clear : tls));
  if ('value' in chosen) return chosen.value;
  greeting.signal.throwIfAborted();
  throw isSecure || !('error' in secure) ? chosen.error : tellingMore(secure.error, chosen.error);
}

function memoryOf({ pins }: Surroundings): Map<string, Remembered> {
  let memory = memories.get(pins);
  if (!memory) memories.set(pins, (memory = new Map<string, Remembered>()));
  return memory;
}

function keyOf({ host, port }: Endpoint<AmtOptions>): string {
  return `${host} ${port}`;
}
