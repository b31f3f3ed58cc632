import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { type AmtClass, type Context, type Output } from '../../model/amtClass';
import { AmtFault } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import type { Sent } from '../../model/sent';
import { noReference, reference, serviceKeys, systemKeys } from '../../model/values';
import { Audit, auditLog } from '../auditLog';
import { signRequest } from './signRequest';
import { certificateId, certificateStore, findKey, isSameKey, keyId, limits } from './store';

const name = 'Intel(r) AMT Public Key Management Service';
const rsa = 0;
const keyLengths: readonly number[] = [1024, 1536, 2048, 3072];
const base64 = /^(?:[\dA-Za-z+/]{4})*(?:[\dA-Za-z+/]{2}==|[\dA-Za-z+/]{3}=)?$/;

export const publicKeyManagement: AmtClass = {
  name: 'AMT_PublicKeyManagementService',
  keys: serviceKeys,
  isDated: true,
  list: () => [
    {
      ...systemKeys('AMT_PublicKeyManagementService'),
      ElementName: 'Intel(r) AMT Certificate Store Service',
      EnabledDefault: 5,
      EnabledState: 5,
      Name: name,
      RequestedState: 12,
    },
  ],
  methods: {
    AddTrustedRootCertificate: (context, input) => addCertificate(context, input, 'root'),
    AddCertificate: (context, input) => addCertificate(context, input, 'leaf'),
    AddKey: addKey,
    GenerateKeyPair: generateKeyPair,
    GeneratePKCS10RequestEx: generateRequest,
  },
};

/** What is there already is a fault, not a ReturnValue: recorded. */
function addCertificate(context: Context, input: Sent, kind: 'root' | 'leaf'): Output {
  const failed = (ReturnValue: number): Output => ({ CreatedCertificate: noReference, ReturnValue });
  const store = certificateStore(context.device);
  const certificate = readCertificate(input.requiredText('CertificateBlob'));
  if (!certificate) return failed(PtStatus.invalidCertificate);
  if (store.has(certificate)) throw new AmtFault('AlreadyExists');
  if (store.certificates.size >= limits.certificates) return failed(PtStatus.maxLimitReached);
  const { handle } = store.addCertificate(certificate, kind);
  if (kind === 'root') {
    auditLog(context.device).add(context, { app: Audit.security.app, event: Audit.security.rootAdded });
  }
  const created = reference('AMT_PublicKeyCertificate', { InstanceID: certificateId(handle) });
  return { CreatedCertificate: created, ReturnValue: PtStatus.success };
}

/** The recorded reference names the class of certificates. */
function addKey({ device }: Context, input: Sent): Output {
  const failed = (ReturnValue: number): Output => ({ CreatedKey: noReference, ReturnValue });
  const store = certificateStore(device);
  const privateKey = readKey(input.requiredText('KeyBlob'));
  if (!privateKey) return failed(PtStatus.invalidKey);
  const publicKey = createPublicKey(privateKey);
  if ([...store.keys.values()].some((key) => isSameKey(key.publicKey, publicKey))) throw new AmtFault('AlreadyExists');
  if (store.keys.size >= limits.keys) return failed(PtStatus.maxLimitReached);
  const { handle } = store.addKey({ publicKey, privateKey });
  const created = reference('AMT_PublicKeyCertificate', { InstanceID: keyId(handle) });
  return { CreatedKey: created, ReturnValue: PtStatus.success };
}

function generateKeyPair({ device }: Context, input: Sent): Output {
  const failed = (ReturnValue: number): Output => ({ KeyPair: noReference, ReturnValue });
  const store = certificateStore(device);
  const modulusLength = input.requiredInteger('KeyLength');
  if (input.requiredInteger('KeyAlgorithm') !== rsa || !keyLengths.includes(modulusLength)) {
    return failed(PtStatus.invalidParameter);
  }
  if (store.keys.size >= limits.keys) return failed(PtStatus.maxLimitReached);
  const { handle } = store.addKey(generateKeyPairSync('rsa', { modulusLength }));
  const made = reference('AMT_PublicPrivateKeyPair', { InstanceID: keyId(handle) });
  return { KeyPair: made, ReturnValue: PtStatus.success };
}

function generateRequest({ device }: Context, input: Sent): Output {
  const keys = findKey(device, input.requiredReference('KeyPair'));
  const algorithm = input.requiredInteger('SigningAlgorithm');
  const blob = input.requiredText('NullSignedCertificateRequest');
  if (!keys) return PtStatus.notFound;
  const signed = base64.test(blob) ? signRequest(Buffer.from(blob, 'base64'), { ...keys, algorithm }) : undefined;
  if (!signed) return PtStatus.invalidParameter;
  return { SignedCertificateRequest: signed.toString('base64'), ReturnValue: PtStatus.success };
}

/** DER in base64 without line ends. */
function readCertificate(blob: string): X509Certificate | undefined {
  if (blob === '' || !base64.test(blob)) return undefined;
  try {
    return new X509Certificate(Buffer.from(blob, 'base64'));
  } catch {
    return undefined;
  }
}

/** An RSA key in PKCS #1. */
function readKey(blob: string): KeyObject | undefined {
  if (blob === '' || !base64.test(blob)) return undefined;
  try {
    return createPrivateKey({ key: Buffer.from(blob, 'base64'), format: 'der', type: 'pkcs1' });
  } catch {
    return undefined;
  }
}
