import { startDeadline } from '../../base/deadline';
import { SidebandError, toSidebandError } from '../../base/errors';
import type { HttpResponse } from '../../transport/http';
import { DigestPost } from '../digestPost';
import type { Endpoint, Surroundings } from '../technology';
import { tlsPolicy } from '../tls';
import type { AmtOptions } from './options';
import type { AmtAddress } from './ports';

/** Of WS-Management on the device. */
export const wsmanPath = '/wsman';
const serverPattern = /^Intel\(R\) (?:Active Management|Standard Manageability)[^0-9]*([0-9]+(?:\.[0-9]+)*)?/i;
const longestServerShown = 60;
/** From connecting to the first answer. The oldest devices take some seconds for their private key; one that hangs takes for ever. */
const longestWaitMs = { tls: 20_000, clear: 12_000 } as const;

/** A device that has answered, and its challenge for whoever logs in. */
export interface Greeted extends AsyncDisposable {
  readonly address: AmtAddress;
  readonly post: DigestPost;
  /** The firmware's version as the web server gives it. Absent on devices that hide it. */
  readonly version: string | undefined;
}

export interface Greeting {
  readonly endpoint: Endpoint<AmtOptions>;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
}

/** Asks nothing of the web server at an address. Rejects with `connect.*`, `tls.*`, `amt.absent` or `protocol.*`. */
export async function greet(address: AmtAddress, { endpoint, surroundings, signal }: Greeting): Promise<Greeted> {
  const { host, options, secret } = endpoint;
  const { port } = address;
  const tls = address.tls === 'tls' ? await tlsPolicy(options, surroundings, { host, port }) : undefined;
  const post = new DigestPost(surroundings.http.open({ host, port, ...(tls && { tls }) }), options.user, secret);
  const close = (): Promise<void> => post[Symbol.asyncDispose]();
  using deadline = startDeadline(signal, longestWaitMs[address.tls]);
  try {
    const version = readVersion(await post.greet(wsmanPath, deadline.signal), address);
    return { address, post, version, [Symbol.asyncDispose]: close };
  } catch (thrown) {
    await close();
    if (deadline.signal.aborted && !signal.aborted) {
      const hint = 'Its management engine may hang: take all power from the computer for half a minute.';
      throw new SidebandError('connect.timeout', `${host} takes connections on port ${port} but answers nothing`, {
        hint,
      });
    }
    const { code, message, details } = toSidebandError(thrown);
    throw new SidebandError(code, message, { ...details, effect: 'none' }, thrown);
  }
}

/** How a greeting ended; never rejects. */
export type Settled = { readonly value: Greeted } | { readonly error: SidebandError };

export async function settle(greeting: Promise<Greeted>): Promise<Settled> {
  try {
    return { value: await greeting };
  } catch (thrown) {
    return { error: toSidebandError(thrown) };
  }
}

export async function discard(settled: Settled): Promise<void> {
  if ('value' in settled) await settled.value[Symbol.asyncDispose]();
}

/** Throws `amt.absent` for the web server of something else. */
function readVersion({ status, headers }: HttpResponse, { port }: AmtAddress): string | undefined {
  const server = headers.get('server')?.[0] ?? '';
  const amt = serverPattern.exec(server);
  const challenge = headers.get('www-authenticate')?.join() ?? '';
  if (amt ?? challenge.includes('"Digest:')) return amt?.[1];
  const what = server === '' ? `HTTP ${status}` : `HTTP ${status} of ${server.slice(0, longestServerShown)}`;
  throw new SidebandError('amt.absent', `port ${port} answers ${what}, not as Intel AMT does`);
}
