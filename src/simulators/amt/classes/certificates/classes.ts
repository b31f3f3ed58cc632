import type { AmtClass } from '../../model/amtClass';
import { refused } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import { Audit, auditLog } from '../auditLog';
import { certificateId, certificateStore, isSameKey, keyId } from './store';

export const publicKeyCertificate: AmtClass = {
  name: 'AMT_PublicKeyCertificate',
  keys: ['InstanceID'],
  list: (device) =>
    [...certificateStore(device).certificates.values()].map(({ handle, certificate, isTrustedRoot, isReadOnly }) => ({
      ElementName: 'Intel(r) AMT Certificate',
      InstanceID: certificateId(handle),
      Issuer: oneLine(certificate.issuer),
      ReadOnlyCertificate: isReadOnly,
      Subject: oneLine(certificate.subject),
      TrustedRootCertficate: isTrustedRoot, // as the MOF has it
      X509Certificate: certificate.raw.toString('base64'),
    })),
  delete(context) {
    const { device, instance } = context;
    const store = certificateStore(device);
    const found = [...store.certificates.values()].find(({ handle }) => certificateId(handle) === instance.InstanceID);
    if (!found) return;
    if (found.isReadOnly || store.isUsed(found.handle)) throw refused(PtStatus.notPermitted);
    store.certificates.delete(found.handle);
    if (found.isTrustedRoot) {
      auditLog(device).add(context, { app: Audit.security.app, event: Audit.security.rootRemoved });
    }
  },
};

export const publicPrivateKeyPair: AmtClass = {
  name: 'AMT_PublicPrivateKeyPair',
  keys: ['InstanceID'],
  list: (device) =>
    [...certificateStore(device).keys.values()].map(({ handle, publicKey }) => ({
      DERKey: publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
      ElementName: 'Intel(r) AMT Key',
      InstanceID: keyId(handle),
    })),
  delete({ device, instance }) {
    const store = certificateStore(device);
    const found = [...store.keys.values()].find(({ handle }) => keyId(handle) === instance.InstanceID);
    if (!found) return;
    const isUsed = [...store.certificates.values()].some(
      ({ handle, certificate }) => isSameKey(found.publicKey, certificate.publicKey) && store.isUsed(handle),
    );
    if (isUsed) throw refused(PtStatus.notPermitted);
    store.keys.delete(found.handle);
  },
};

export const cryptographicCapabilities: AmtClass = {
  name: 'AMT_CryptographicCapabilities',
  keys: ['InstanceID'],
  list: () => [
    {
      ElementName: 'Intel(r) AMT:Cryptographic Capabilities',
      HardwareAcceleration: 1,
      InstanceID: 'Intel(r) AMT:Cryptographic Capabilities 0',
    },
  ],
};

/** Node has one line for each part. */
function oneLine(name: string): string {
  return name.split('\n').join(',');
}
