import { type SidebandError, toSidebandError } from '../base/errors';
import type { PeerCertificate, TcpEndpoint } from './tcp';
import { openTcp } from './tcpSocket';

const ignore = { received: () => undefined, closed: () => undefined };

/**
 * The certificate that a device shows, whatever it is worth and however old its TLS is. Nothing is sent beyond the handshake; the
 * policy of the endpoint counts for the client's certificate alone. Rejects as `openTcp` does.
 */
export async function fetchCertificate(to: TcpEndpoint, signal: AbortSignal): Promise<PeerCertificate> {
  const nobodyTrusted = { trust: { kind: 'pin', fingerprint: undefined }, legacy: true } as const;
  const { client } = to.tls ?? {};
  try {
    const tls = { ...nobodyTrusted, ...(client && { client }) };
    await using _ = await openTcp({ ...to, tls }, { listener: ignore, signal });
  } catch (thrown) {
    const certificate = certificateIn(toSidebandError(thrown));
    if (certificate) return certificate;
    throw thrown;
  }
  throw new TypeError('a certificate was believed without a pin');
}

/** The certificate that an error `tls.unknown`, `tls.changed` or `tls.untrusted` is about. */
export function certificateIn({ code, details }: SidebandError): PeerCertificate | undefined {
  if (!/^tls\.(unknown|changed|untrusted)$/.test(code)) return undefined;
  const { fingerprint, subject, issuer, validTo } = details;
  return { fingerprint, subject, issuer, validTo } as PeerCertificate;
}
