import { timingSafeEqual, type X509Certificate } from 'node:crypto';
import { checkServerIdentity, type TLSSocket } from 'node:tls';
import { SidebandError } from '../base/errors';
import { placeOf } from './tcpErrors';
import type { PeerCertificate, TcpEndpoint, TlsPolicy } from './tcp';

/** Who may be asked for a certificate writes its names: there is no end to how long they may be. */
const longestName = 256;

function describeCertificate(certificate: X509Certificate): PeerCertificate {
  return {
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validTo: isoDate(certificate),
  };
}

/**
 * Throws `tls.unknown`, `tls.changed` or `tls.untrusted`, with the certificate as its details, unless the policy holds; `tls.failed`
 * when there is no certificate.
 */
export function assertTrusted(socket: TLSSocket, to: TcpEndpoint, { trust }: TlsPolicy): void {
  const { host, port } = to;
  // Only who held the judged certificate can resume its session, and it is not shown again.
  if (socket.isSessionReused()) return;
  const shown = socket.getPeerX509Certificate();
  if (!shown) throw new SidebandError('tls.failed', `${placeOf(to)} shows no certificate`);
  const certificate = describeCertificate(shown);
  const details = { ...certificate, host, port };
  if (trust.kind === 'ca') {
    const verification = verify(socket, shown, host);
    if (verification.length === 0) return;
    const message = `the certificate of ${placeOf(to)} does not hold: ${verification.join(', ')}`;
    throw new SidebandError('tls.untrusted', message, { ...details, verification });
  }
  const { fingerprint: expected } = trust;
  if (expected === undefined) {
    throw new SidebandError('tls.unknown', `nobody has vouched for the certificate of ${placeOf(to)}`, details);
  }
  if (!isSame(expected, certificate.fingerprint)) {
    const message = `the certificate of ${placeOf(to)} is not the one that was pinned`;
    throw new SidebandError('tls.changed', message, { ...details, expected });
  }
}

/** The words for what does not hold; OpenSSL tells the last thing that it found, so the name is looked at besides. */
function verify(socket: TLSSocket, shown: X509Certificate, host: string): readonly string[] {
  const found = new Set<string>();
  // What Node gives is a code; its types say an error.
  const code = socket.authorizationError as Error | string | null;
  if (!socket.authorized) found.add(wordFor(typeof code === 'string' ? code : (code?.message ?? 'unverified')));
  if (checkServerIdentity(host.replace(/%.*$/, ''), shown.toLegacyObject())) found.add('wrong name');
  return [...found];
}

function wordFor(code: string): string {
  if (code === 'CERT_HAS_EXPIRED') return 'expired';
  if (code === 'CERT_NOT_YET_VALID') return 'not yet valid';
  if (code.includes('ALTNAME')) return 'wrong name';
  if (/SELF_SIGNED|UNABLE_TO_|CERT_UNTRUSTED|INVALID_CA/.test(code)) return 'unknown authority';
  return code.toLowerCase().replaceAll('_', ' ');
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one.toLowerCase()), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function nameOf(lines: string): string {
  return lines.split('\n').join(', ').slice(0, longestName);
}

function isoDate({ validTo }: X509Certificate): string {
  const date = new Date(validTo);
  return Number.isNaN(date.getTime()) ? validTo : date.toISOString();
}
