import { SidebandError, toSidebandError } from '../../base/errors';
import { sleep } from '../../base/sleep';
import { WsmanClient } from '../../protocols/wsman/client';
import type { HttpResponse } from '../../transport/http';
import { DigestPost } from '../digestPost';
import { named } from '../named';
import type { Endpoint, Surroundings } from '../technology';
import { askToTrust, tlsPolicy } from '../tls';
import type { AmtOptions } from './options';
import { addressesOf, type AmtAddress } from './ports';

const path = '/wsman';
const contentType = 'application/soap+xml;charset=UTF-8';
/** How much longer than the port in clear the one with TLS may take. */
const tlsLagMs = 1500;
/** After this long without an answer others need not wait for this computer. */
const silenceMs = 1000;
const serverPattern = /^Intel\(R\) (?:Active Management|Standard Manageability)[^0-9]*([0-9]+(?:\.[0-9]+)*)?/i;

/** A device that has answered, before anybody logs in. */
export interface AmtConnection extends AsyncDisposable {
  readonly wsman: WsmanClient;
  readonly address: AmtAddress;
  /** The firmware version as the web server gives it. Absent on devices that hide it. */
  readonly version: string | undefined;
}

interface Greeted extends AsyncDisposable {
  readonly address: AmtAddress;
  readonly post: DigestPost;
  readonly version: string | undefined;
}

/** The address that answered the last time, by host and port, so that the next session need not try both. */
const answered = new Map<string, AmtAddress>();

/** Finds the device's web server and gets its challenge. Errors name the computer. */
export async function connect(
  endpoint: Endpoint<AmtOptions>,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<AmtConnection> {
  const { computer } = endpoint;
  const silence = setTimeout(() => endpoint.onSilence?.(), silenceMs);
  try {
    const { post, address, version } = await findServer({ endpoint, surroundings, signal });
    answered.set(keyOf(endpoint), address);
    const exchange = async (body: string, stop: AbortSignal): Promise<HttpResponse> => {
      try {
        return await post.post({ path, contentType, body }, stop);
      } catch (thrown) {
        throw named(computer, thrown);
      }
    };
    const trace = (line: () => string): void => {
      surroundings.log.trace(() => `${computer}: ${line()}`);
    };
    const wsman = new WsmanClient(exchange, { trace });
    return { wsman, address, version, [Symbol.asyncDispose]: () => post[Symbol.asyncDispose]() };
  } catch (thrown) {
    answered.delete(keyOf(endpoint));
    throw named(computer, thrown);
  } finally {
    clearTimeout(silence);
  }
}

interface Search {
  readonly endpoint: Endpoint<AmtOptions>;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
}

async function findServer(search: Search): Promise<Greeted> {
  const { endpoint, surroundings, signal } = search;
  const addresses = addressesOf(endpoint);
  const last = answered.get(keyOf(endpoint));
  const known = addresses.find(({ port, tls }) => port === last?.port && tls === last.tls);
  const [first, second] = known ? [known] : addresses;
  if (!first) throw new SidebandError('internal.bug', 'no address to try');
  try {
    return await (second ? greetBoth(first, second, search) : greet(first, search));
  } catch (thrown) {
    if (!(await askToTrust(toSidebandError(thrown), endpoint, surroundings, signal))) throw thrown;
    return greet(first, search);
  }
}

/** TLS and clear side by side: clear counts only where nothing speaks TLS, and where TLS was never trusted before. */
async function greetBoth(withTls: AmtAddress, inClear: AmtAddress, search: Search): Promise<Greeted> {
  const { endpoint, surroundings, signal } = search;
  if (surroundings.pins.get(endpoint.host, withTls.port) !== undefined) return greet(withTls, search);
  const enough = new AbortController();
  const stop = AbortSignal.any([signal, enough.signal]);
  const tls = settle(greet(withTls, { ...search, signal: stop }));
  const clear = settle(greet(inClear, { ...search, signal: stop }));
  // Some packet filters drop what comes for the TLS port instead of refusing it.
  const patience = clear.then(async (answer): Promise<Settled> => {
    if ('error' in answer) return tls;
    await sleep(tlsLagMs, stop).catch(() => undefined);
    return { error: new SidebandError('connect.timeout', `nothing answers on port ${withTls.port}`) };
  });
  const secure = await Promise.race([tls, patience]);
  const isThere = 'value' in secure || !isAbsent(secure.error);
  const chosen = isThere ? secure : await clear;
  enough.abort();
  await discard(isThere ? clear : tls);
  if ('value' in chosen) return chosen.value;
  signal.throwIfAborted();
  throw 'error' in secure ? preferred(secure.error, chosen.error) : chosen.error;
}

async function greet(address: AmtAddress, { endpoint, surroundings, signal }: Search): Promise<Greeted> {
  const { host, options, secret } = endpoint;
  const { port } = address;
  const tls = address.tls === 'tls' ? await tlsPolicy(options, surroundings, { host, port }) : undefined;
  const post = new DigestPost(surroundings.http.open({ host, port, ...(tls && { tls }) }), options.user, secret);
  try {
    const response = await post.greet(path, signal);
    return { address, post, version: versionOf(response, port), [Symbol.asyncDispose]: () => post[Symbol.asyncDispose]() };
  } catch (thrown) {
    await post[Symbol.asyncDispose]();
    const error = toSidebandError(thrown);
    // Nothing was asked of the device yet.
    throw new SidebandError(error.code, error.message, { ...error.details, effect: 'none' }, error);
  }
}

/** Throws `amt.absent` for a web server of something else, and `amt.not-provisioned`. */
function versionOf({ status, headers }: HttpResponse, port: number): string | undefined {
  const server = headers.get('server')?.[0] ?? '';
  const amt = serverPattern.exec(server);
  const challenge = headers.get('www-authenticate')?.join() ?? '';
  if (amt ?? challenge.includes('"Digest:')) return amt?.[1];
  if (status === 401 && /digest/i.test(challenge)) return undefined;
  const what = server === '' ? `HTTP ${status}` : `HTTP ${status} of ${server.slice(0, 60)}`;
  throw new SidebandError('amt.absent', `port ${port} answers ${what}, not as Intel AMT does`);
}

type Settled = { readonly value: Greeted } | { readonly error: SidebandError };

function settle(greeting: Promise<Greeted>): Promise<Settled> {
  return greeting.then(
    (value) => ({ value }),
    (thrown: unknown) => ({ error: toSidebandError(thrown) }),
  );
}

async function discard(greeting: Promise<Settled>): Promise<void> {
  const settled = await greeting;
  if ('value' in settled) await settled.value[Symbol.asyncDispose]();
}

/** Whether nothing speaks TLS there, as opposed to something that is not to be trusted. */
function isAbsent({ code }: SidebandError): boolean {
  return code.startsWith('connect.') || code === 'tls.failed' || code === 'amt.absent';
}

/** Of two errors the one that says more: a closed port says more than silence. */
function preferred(one: SidebandError, other: SidebandError): SidebandError {
  return one.code === 'connect.timeout' ? other : one;
}

function keyOf({ host, port }: Endpoint<AmtOptions>): string {
  return `${host} ${port}`;
}
