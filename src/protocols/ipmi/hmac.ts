import { hash } from 'node:crypto';

const blockLength = 64;
const longestMessage = 2048;
const scratch = new Uint8Array(blockLength + longestMessage);

/** HMAC, RFC 2104. By whole hashes and not by `createHmac`, whose objects cost a sweep of thousands more than their work. */
export function hmac(algorithm: 'sha1' | 'sha256', key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const short = key.length > blockLength ? hash(algorithm, key, 'buffer') : key;
  return padded(algorithm, short, 0x5c, [padded(algorithm, short, 0x36, parts)]);
}

function padded(algorithm: 'sha1' | 'sha256', key: Uint8Array, pad: number, parts: readonly Uint8Array[]): Uint8Array {
  for (let i = 0; i < blockLength; i++) scratch[i] = (key[i] ?? 0) ^ pad;
  let end = blockLength;
  for (const part of parts) {
    scratch.set(part, end);
    end += part.length;
  }
  return hash(algorithm, scratch.subarray(0, end), 'buffer');
}
