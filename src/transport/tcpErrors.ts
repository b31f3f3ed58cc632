import { SidebandError } from '../base/errors';
import type { ErrorCode } from '../base/errorCodes';
import type { TcpEndpoint } from './tcp';

const codes: Readonly<Record<string, ErrorCode>> = {
  ECONNREFUSED: 'connect.refused',
  EHOSTUNREACH: 'connect.unreachable',
  ENETUNREACH: 'connect.unreachable',
  EHOSTDOWN: 'connect.unreachable',
  ENETDOWN: 'connect.unreachable',
  EADDRNOTAVAIL: 'connect.unreachable',
  ETIMEDOUT: 'connect.timeout',
};

/** `10.0.4.11 port 16993`, as messages name it. */
export function placeOf({ host, port }: Pick<TcpEndpoint, 'host' | 'port'>): string {
  return `${host} port ${port}`;
}

/** Why there is no connection. */
export function connectError(error: NodeJS.ErrnoException, to: TcpEndpoint): SidebandError {
  const deviceCode = error.code ?? '';
  const code = codes[deviceCode] ?? 'connect.lost';
  return new SidebandError(
    code,
    `${sayings[code] ?? 'no connection to'} ${placeOf(to)}`,
    { deviceCode, ...hintFor(deviceCode) },
    error,
  );
}

/** Why a connection that stood is gone. */
export function lostError(error: NodeJS.ErrnoException | undefined, to: TcpEndpoint): SidebandError {
  const deviceCode = error?.code ?? '';
  if (deviceCode.startsWith('ERR_SSL_')) return tlsError(error, to);
  const how = deviceCode === '' ? 'closed the connection' : `broke the connection (${deviceCode})`;
  return new SidebandError('connect.lost', `${placeOf(to)} ${how}`, deviceCode === '' ? {} : { deviceCode }, error);
}

/** Why there is no TLS session. */
export function tlsError(error: NodeJS.ErrnoException | undefined, to: TcpEndpoint): SidebandError {
  const deviceCode = error?.code ?? '';
  const reason = describe(error);
  const details = { ...(deviceCode !== '' && { deviceCode }), ...tlsHint(deviceCode, to) };
  return new SidebandError('tls.failed', `no TLS session with ${placeOf(to)}: ${reason}`, details, error);
}

const sayings: Partial<Readonly<Record<ErrorCode, string>>> = {
  'connect.refused': 'nothing listens on',
  'connect.unreachable': 'nothing routes to',
  'connect.timeout': 'nothing answers on',
};

function hintFor(code: string): { readonly hint?: string } {
  if (code !== 'EMFILE' && code !== 'ENFILE') return {};
  return {
    hint: 'This process may open no more connections: lower `--concurrency`, or raise the limit (`ulimit -n`).',
  };
}

const old =
  /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|UNSAFE_LEGACY|HANDSHAKE_FAILURE|KEY_TOO_SMALL|NO_CIPHERS|NO_SHARED_CIPHER|WRONG_SIGNATURE_TYPE|UNKNOWN_DIGEST|INSUFFICIENT_SECURITY|DIGEST_TOO_WEAK|MD_TOO_WEAK/;

function tlsHint(code: string, { tls }: TcpEndpoint): { readonly hint?: string } {
  if (old.test(code)) {
    if (tls?.legacy) return { hint: 'The device speaks no TLS that is known here, not even the old one.' };
    const old = 'An old device speaks only old TLS: `legacy: true` in its profile allows it.';
    const mutual = ' Another may want a client certificate: `certificate` and `key`.';
    return { hint: code.includes('HANDSHAKE_FAILURE') && !tls?.client ? old + mutual : old };
  }
  if (isCertificateAlert(code)) {
    return { hint: 'The device wants another client certificate: check `certificate` and `key` in its profile.' };
  }
  if (/WRONG_VERSION_NUMBER|HTTP_REQUEST|UNEXPECTED_MESSAGE/.test(code)) {
    return { hint: 'The port does not speak TLS: check the port, and `tls` in the profile.' };
  }
  return {};
}

/** The device ends the handshake because of our certificate, or because there is none. TLS 1.3 tells it after the handshake. */
export function isCertificateAlert(code: string): boolean {
  return /ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)$/.test(code);
}

function describe(error: NodeJS.ErrnoException | undefined): string {
  if (!error) return 'the device closed the connection in the handshake';
  if (error.code?.startsWith('ERR_SSL_')) return error.code.slice(8).toLowerCase().replaceAll('_', ' ');
  return error.code === 'ECONNRESET' ? 'the device broke off the handshake' : error.message;
}
