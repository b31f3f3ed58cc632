import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

/** What a suite number stands for, IPMI v2.0 table 22-20. */
export interface SuiteTraits {
  readonly algorithms: readonly [authentication: number, integrity: number, confidentiality: number];
  readonly digest: 'sha1' | 'sha256';
  /** Bytes of RAKP 4's integrity check value and of a packet's authentication code. */
  readonly macBytes: number;
}

const suites: Readonly<Record<number, SuiteTraits>> = {
  3: { algorithms: [1, 1, 1], digest: 'sha1', macBytes: 12 },
  17: { algorithms: [3, 4, 1], digest: 'sha256', macBytes: 16 },
};

export function suiteFor(numbers: readonly number[], offered: readonly number[]): SuiteTraits | undefined {
  return offered
    .map((id) => suites[id])
    .find((suite) => suite?.algorithms.every((algorithm, index) => algorithm === numbers[index]));
}

export function mac(digest: string, key: Uint8Array, data: Uint8Array): Buffer {
  return createHmac(digest, key).update(data).digest();
}

/** AES-128-CBC over whole blocks, as section 13.29 pads them. */
export function encryptBlocks(key: Uint8Array, iv: Uint8Array, plain: Buffer): Buffer {
  const missing = (16 - ((plain.length + 1) % 16)) % 16;
  const pad = Buffer.from([...Array.from({ length: missing }, (_, i) => i + 1), missing]);
  const aes = createCipheriv('aes-128-cbc', key, iv);
  aes.setAutoPadding(false);
  return Buffer.concat([iv, aes.update(Buffer.concat([plain, pad])), aes.final()]);
}

/** Nothing when the blocks or their pad are not right. */
export function decryptBlocks(key: Uint8Array, body: Buffer): Buffer | undefined {
  if (body.length < 32 || body.length % 16 !== 0) return undefined;
  const aes = createDecipheriv('aes-128-cbc', key, body.subarray(0, 16));
  aes.setAutoPadding(false);
  const padded = Buffer.concat([aes.update(body.subarray(16)), aes.final()]);
  const pad = padded.at(-1) ?? 255;
  return pad < 16 ? padded.subarray(0, padded.length - 1 - pad) : undefined;
}
