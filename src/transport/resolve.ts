import { promises as dns } from 'node:dns';
import { isIP, SocketAddress } from 'node:net';
import { SidebandError } from '../base/errors';

/** Name to address, IPv4 first. Rejects with `dns.failed`, or with the signal's reason. */
export async function resolveHost(host: string, signal: AbortSignal): Promise<string> {
  if (isIP(host) !== 0) return canonical(host);
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const stop = (): void => {
    aborted.reject(signal.reason as Error);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { address } = await Promise.race([dns.lookup(host, { order: 'ipv4first' }), aborted.promise]);
    return address;
  } catch (error) {
    if (signal.aborted) throw error;
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new SidebandError('dns.failed', `the name ${host} does not resolve (${code})`, { deviceCode: code }, error);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** An address as the system writes the sender's. */
function canonical(address: string): string {
  if (isIP(address) === 4) return address;
  const [literal, zone] = address.split('%');
  const { address: text } = new SocketAddress({ address: literal ?? address, family: 'ipv6' });
  return zone === undefined ? text : `${text}%${zone}`;
}
