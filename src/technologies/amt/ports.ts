import type { Endpoint, Pins } from '../technology';
import type { AmtOptions } from './options';

export const clearPort = 16992;
export const tlsPort = 16993;

/** One way to reach the device's web server. */
export interface AmtAddress {
  readonly port: number;
  readonly tls: 'tls' | 'clear';
}

/** The addresses to try, the preferred first. Where somebody has vouched for a certificate, nothing but TLS will do. */
export function addressesOf(endpoint: Endpoint<AmtOptions>, pins: Pins): readonly AmtAddress[] {
  const { host, port, isPortGiven, options } = endpoint;
  const withTls = { port: isPortGiven ? port : tlsPort, tls: 'tls' } as const;
  const inClear = { port: isPortGiven ? port : clearPort, tls: 'clear' } as const;
  if (options.tls !== undefined) return [options.tls ? withTls : inClear];
  if (isPortGiven && port === clearPort) return [inClear];
  if (isPortGiven && port === tlsPort) return [withTls];
  const isVouchedFor = options.trust === 'ca' || options.fingerprint !== undefined || options.certificate !== undefined;
  return isVouchedFor || pins.get(host, withTls.port) !== undefined ? [withTls] : [withTls, inClear];
}
