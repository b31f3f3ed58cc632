import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { AmtDevice } from '../../device';
import { perDevice } from '../../model/amtClass';
import type { Reference } from '../../model/values';

export const limits = { certificates: 16, keys: 5 } as const;

export interface StoredCertificate {
  readonly handle: number;
  readonly certificate: X509Certificate;
  readonly isTrustedRoot: boolean;
  /** Whether it came with the device. */
  readonly isReadOnly: boolean;
}

export interface StoredKey {
  readonly handle: number;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** The certificates and key pairs of a device. */
export class CertificateStore {
  readonly certificates = new Map<number, StoredCertificate>();
  readonly keys = new Map<number, StoredKey>();
  /** Asked whether a certificate is used. */
  readonly uses: ((handle: number) => boolean)[] = [];
  #nextCertificate = 0;
  #nextKey = 0;

  addCertificate(certificate: X509Certificate, kind: 'leaf' | 'root' | 'factory'): StoredCertificate {
    const handle = this.#nextCertificate++;
    const stored = { handle, certificate, isTrustedRoot: kind === 'root', isReadOnly: kind === 'factory' };
    this.certificates.set(handle, stored);
    return stored;
  }

  addKey(keys: Omit<StoredKey, 'handle'>): StoredKey {
    const stored = { ...keys, handle: this.#nextKey++ };
    this.keys.set(stored.handle, stored);
    return stored;
  }

  has(certificate: X509Certificate): boolean {
    return [...this.certificates.values()].some((one) => one.certificate.raw.equals(certificate.raw));
  }

  isUsed(handle: number): boolean {
    return this.uses.some((isUsed) => isUsed(handle));
  }

  /** Whether there is a key for it, or it came with one. */
  hasKeyOf({ certificate, isReadOnly }: StoredCertificate): boolean {
    return isReadOnly || [...this.keys.values()].some((key) => isSameKey(key.publicKey, certificate.publicKey));
  }

  /** In PEM. */
  get trustedRoots(): readonly string[] {
    return [...this.certificates.values()]
      .filter(({ isTrustedRoot }) => isTrustedRoot)
      .map(({ certificate }) => certificate.toString());
  }

  /** A certificate and its key in PEM; nothing when it came with the device, which keeps that key to itself. */
  identityOf(handle: number): { readonly cert: string; readonly key: string } | undefined {
    const certificate = this.certificates.get(handle)?.certificate;
    const key = certificate && [...this.keys.values()].find((one) => isSameKey(one.publicKey, certificate.publicKey));
    return (
      key && { cert: certificate.toString(), key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
    );
  }
}

/** A device that speaks TLS from the beginning has the certificate for it, and the roots of the consoles that it lets in. */
export const certificateStore = perDevice(({ front }) => {
  const store = new CertificateStore();
  if (front.ports !== 'plain') store.addCertificate(new X509Certificate(front.certificate.cert), 'factory');
  const roots = front.clientAuthorities?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  for (const root of roots) store.addCertificate(new X509Certificate(root), 'root');
  return store;
});

export function findCertificate(device: AmtDevice, { className, keys }: Reference): StoredCertificate | undefined {
  if (className !== 'AMT_PublicKeyCertificate') return undefined;
  return [...certificateStore(device).certificates.values()].find(
    ({ handle }) => certificateId(handle) === keys.InstanceID,
  );
}

export function findKey(device: AmtDevice, { className, keys }: Reference): StoredKey | undefined {
  if (className !== 'AMT_PublicPrivateKeyPair') return undefined;
  return [...certificateStore(device).keys.values()].find(({ handle }) => keyId(handle) === keys.InstanceID);
}

export function certificateId(handle: number): string {
  return `Intel(r) AMT Certificate: Handle: ${handle}`;
}

export function keyId(handle: number): string {
  return `Intel(r) AMT Key: Handle: ${handle}`;
}

export function isSameKey(one: KeyObject, other: KeyObject): boolean {
  const bytes = (key: KeyObject): Buffer =>
    (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
  return bytes(one).equals(bytes(other));
}
