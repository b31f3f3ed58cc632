import type { Endpoint } from '../technology';
import type { AmtOptions } from './options';

export const clearPort = 16992;
export const tlsPort = 16993;

/** One way to reach the device's web server. */
export interface AmtAddress {
  readonly port: number;
  readonly tls: 'tls' | 'clear';
}

/** The addresses to try, the preferred first. */
export function addressesOf({ port, isPortGiven, options }: Endpoint<AmtOptions>): readonly AmtAddress[] {
  const withTls = { port: isPortGiven ? port : tlsPort, tls: 'tls' } as const;
  const inClear = { port: isPortGiven ? port : clearPort, tls: 'clear' } as const;
  if (options.tls !== undefined) return [options.tls ? withTls : inClear];
  if (isPortGiven && port === clearPort) return [inClear];
  return isPortGiven && port === tlsPort ? [withTls] : [withTls, inClear];
}
