/** An authentication algorithm of RMCP+ and its hash, IPMI v2.0 table 13-17. */
export interface Authentication {
  readonly id: number;
  readonly hash: 'sha1' | 'sha256' | undefined;
  /** Length of the key exchange authentication codes, in bytes. */
  readonly codeLength: number;
  /** Length of RAKP message 4's integrity check value, in bytes. */
  readonly checkValueLength: number;
}

/** An integrity algorithm, IPMI v2.0 table 13-18. */
export interface Integrity {
  readonly id: number;
  readonly hash: 'sha1' | 'sha256' | undefined;
  /** Length of the authentication code in the session trailer, in bytes. */
  readonly codeLength: number;
}

/** A confidentiality algorithm, IPMI v2.0 table 13-19. */
export interface Confidentiality {
  readonly id: number;
  readonly aes: boolean;
}

export interface CipherSuite {
  readonly id: CipherSuiteId;
  readonly authentication: Authentication;
  readonly integrity: Integrity;
  readonly confidentiality: Confidentiality;
}

const rakpNone: Authentication = { id: 0, hash: undefined, codeLength: 0, checkValueLength: 0 };
const rakpHmacSha1: Authentication = { id: 1, hash: 'sha1', codeLength: 20, checkValueLength: 12 };
const rakpHmacSha256: Authentication = { id: 3, hash: 'sha256', codeLength: 32, checkValueLength: 16 };
const noIntegrity: Integrity = { id: 0, hash: undefined, codeLength: 0 };
const hmacSha1_96: Integrity = { id: 1, hash: 'sha1', codeLength: 12 };
const hmacSha256_128: Integrity = { id: 4, hash: 'sha256', codeLength: 16 };
const plain: Confidentiality = { id: 0, aes: false };
const aesCbc128: Confidentiality = { id: 1, aes: true };

export type CipherSuiteId = 0 | 1 | 2 | 3 | 15 | 16 | 17;

/** The suites of IPMI v2.0 table 22-20 that use neither MD5 nor RC4. */
export const cipherSuites: Readonly<Record<CipherSuiteId, CipherSuite>> = {
  0: { id: 0, authentication: rakpNone, integrity: noIntegrity, confidentiality: plain },
  1: { id: 1, authentication: rakpHmacSha1, integrity: noIntegrity, confidentiality: plain },
  2: { id: 2, authentication: rakpHmacSha1, integrity: hmacSha1_96, confidentiality: plain },
  3: { id: 3, authentication: rakpHmacSha1, integrity: hmacSha1_96, confidentiality: aesCbc128 },
  15: { id: 15, authentication: rakpHmacSha256, integrity: noIntegrity, confidentiality: plain },
  16: { id: 16, authentication: rakpHmacSha256, integrity: hmacSha256_128, confidentiality: plain },
  17: { id: 17, authentication: rakpHmacSha256, integrity: hmacSha256_128, confidentiality: aesCbc128 },
};

/** Whether the suite authenticates, protects and encrypts. The others are used on the profile's word alone. */
export function isSecure({ authentication, integrity, confidentiality }: CipherSuite): boolean {
  return authentication.hash !== undefined && integrity.hash !== undefined && confidentiality.aes;
}
