import { createPublicKey, X509Certificate } from 'node:crypto';
import { SidebandError } from '../../base/errors';
import { publicKeyCertificate } from '../../protocols/amt/cim/publicKeyCertificate';
import { publicKeyManagementService } from '../../protocols/amt/cim/publicKeyManagementService';
import { publicPrivateKeyPair } from '../../protocols/amt/cim/publicPrivateKeyPair';
import { tlsCredentialContext } from '../../protocols/amt/cim/tlsCredentialContext';
import { assertCompleted } from '../../protocols/amt/returnValue';
import type { Difference } from '../difference';
import type { AmtClient } from './client';
import { timeText } from './timeText';

/** A certificate in the device's store. */
export interface HeldCertificate {
  /** The key: `Intel(r) AMT Certificate: Handle: 0`. */
  readonly id: string;
  readonly der: Uint8Array;
  readonly isTrustedRoot: boolean;
  /** Whether the device shows it to consoles. */
  readonly isInUse: boolean;
  readonly subject: string;
  readonly issuer: string;
  /** `2026-11-23 12:00:00`; empty where the certificate cannot be read. */
  readonly validFrom: string;
  readonly validTo: string;
  /** SHA-256 of the DER, in hexadecimal digits. */
  readonly fingerprint: string;
}

export async function readCertificates(client: AmtClient, signal: AbortSignal): Promise<readonly HeldCertificate[]> {
  const certificates = await client.list(publicKeyCertificate, signal);
  const contexts = await client.list(tlsCredentialContext, signal);
  const shown = contexts.map(({ ElementInContext }) => ElementInContext?.selectors.InstanceID);
  return certificates.map(({ InstanceID: id = '', X509Certificate: der = new Uint8Array(), ...told }) => ({
    id,
    der,
    isTrustedRoot: told.TrustedRootCertficate === true,
    isInUse: shown.includes(id),
    ...(describe(der) ?? {
      ...{ subject: told.Subject ?? '', issuer: told.Issuer ?? '' },
      ...{ validFrom: '', validTo: '', fingerprint: '' },
    }),
  }));
}

/** A key pair of which the device keeps the private half. */
export interface HeldKeyPair {
  /** The key: `Intel(r) AMT Key: Handle: 0`. */
  readonly id: string;
  /** `RSA 2048`; empty where the public half cannot be read. */
  readonly kind: string;
}

export async function readKeyPairs(client: AmtClient, signal: AbortSignal): Promise<readonly HeldKeyPair[]> {
  const pairs = await client.list(publicPrivateKeyPair, signal);
  return pairs.map(({ InstanceID: id = '', DERKey }) => ({ id, kind: DERKey ? keyKind(DERKey) : '' }));
}

/** Of a PKCS #1 public key. */
function keyKind(der: Uint8Array): string {
  try {
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'pkcs1' });
    return `${key.asymmetricKeyType?.toUpperCase() ?? ''} ${key.asymmetricKeyDetails?.modulusLength ?? ''}`.trim();
  } catch {
    return '';
  }
}

/** What is to be done so that the device trusts an authority, whose certificate is given in PEM. Throws `usage.invalid`. */
export async function rootDifferences(
  client: AmtClient,
  pem: string,
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const root = parse(pem);
  if (!root) throw new SidebandError('usage.invalid', 'a certificate in PEM is expected');
  const fingerprint = fingerprintOf(root);
  const held = await readCertificates(client, signal);
  if (held.some((one) => one.isTrustedRoot && one.fingerprint === fingerprint)) return [];
  const method = 'AddTrustedRootCertificate';
  const { resourceUri } = publicKeyManagementService;
  return [
    {
      name: `root certificate ${root.subject.replaceAll('\n', ', ')}`,
      write: async (stop) => {
        const parameters = { CertificateBlob: new Uint8Array(root.raw) };
        assertCompleted(await client.wsman.invoke(resourceUri, method, parameters, { signal: stop }), method);
      },
    },
  ];
}

/** Undefined for what is no certificate: then the device's own words must do. */
function describe(
  der: Uint8Array,
): Pick<HeldCertificate, 'subject' | 'issuer' | 'validFrom' | 'validTo' | 'fingerprint'> | undefined {
  const certificate = parse(der);
  if (!certificate) return undefined;
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    issuer: certificate.issuer.replaceAll('\n', ', '),
    validFrom: dateText(certificate.validFromDate),
    validTo: dateText(certificate.validToDate),
    fingerprint: fingerprintOf(certificate),
  };
}

/** Empty for a date that there is not. */
function dateText(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : timeText(date);
}

function parse(certificate: Uint8Array | string): X509Certificate | undefined {
  try {
    return new X509Certificate(certificate);
  } catch {
    return undefined;
  }
}

function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}
