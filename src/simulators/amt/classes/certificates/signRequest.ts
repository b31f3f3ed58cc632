import { type KeyObject, sign } from 'node:crypto';
import { DerTag, readDer, writeDer } from './der';

/** SigningAlgorithm, with the last number of 1.2.840.113549.1.1. */
const algorithms = [
  { hash: 'sha1', arc: 5 },
  { hash: 'sha256', arc: 11 },
  { hash: 'sha384', arc: 12 },
] as const;
const pkcs1 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];

/**
 * Signs a certification request (PKCS #10, RFC 2986) in place of the signature that it has. Nothing when it is no request, is for
 * another key, or there is no such algorithm.
 */
export function signRequest(
  request: Buffer,
  { publicKey, privateKey, algorithm }: { publicKey: KeyObject; privateKey: KeyObject; algorithm: number },
): Buffer | undefined {
  const chosen = algorithms[algorithm];
  const [outer, ...rest] = readDer(request) ?? [];
  if (!chosen || outer?.tag !== DerTag.sequence || rest.length > 0) return undefined;
  const [info, , signature] = readDer(outer.content) ?? [];
  if (info?.tag !== DerTag.sequence || signature?.tag !== DerTag.bitString) return undefined;
  const [, , key] = readDer(info.content) ?? [];
  if (!key?.whole.equals(publicKey.export({ type: 'spki', format: 'der' }))) return undefined;
  const identifier = writeDer(
    DerTag.sequence,
    writeDer(DerTag.objectIdentifier, Buffer.from([...pkcs1, chosen.arc])),
    writeDer(DerTag.nothing),
  );
  const signed = writeDer(DerTag.bitString, Buffer.from([0]), sign(chosen.hash, info.whole, privateKey));
  return writeDer(DerTag.sequence, info.whole, identifier, signed);
}
