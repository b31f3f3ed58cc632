import type { Challenge } from './challenge';

const algorithms: ReadonlyMap<string, string> = new Map([
  ['md5', 'md5'],
  ['sha-256', 'sha256'],
  ['sha-512-256', 'sha512-256'],
]);

/** A challenge that is being answered. */
export interface Accepted {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  /** As the server wrote it; absent when it wrote none. */
  readonly algorithm: string | undefined;
  readonly hashName: string;
  /** The key is bound to the first nonces (`-sess`). */
  readonly isSession: boolean;
  /** Absent: the digest of RFC 2069. */
  readonly qop: 'auth' | 'auth-int' | undefined;
  readonly hidesUser: boolean;
  readonly isStale: boolean;
}

/** The first digest that we can answer: servers list them by strength, RFC 7616 section 3.7. */
export function chooseChallenge(challenges: readonly Challenge[]): Accepted | undefined {
  for (const { scheme, parameters } of challenges) {
    const accepted = scheme === 'digest' ? accept(parameters) : undefined;
    if (accepted) return accepted;
  }
  return undefined;
}

function accept(parameters: ReadonlyMap<string, string>): Accepted | undefined {
  const realm = parameters.get('realm');
  const nonce = parameters.get('nonce');
  const algorithm = parameters.get('algorithm');
  const name = (algorithm ?? 'md5').toLowerCase();
  const hashName = algorithms.get(name.replace(/-sess$/, ''));
  const offered = parameters
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const qop = offered && (['auth', 'auth-int'] as const).find((known) => offered.includes(known));
  if (realm === undefined || nonce === undefined || hashName === undefined) return undefined;
  // They are sent back, in a header.
  if ([...parameters.values()].some((value) => /[\0-\x1f\x7f]/.test(value))) return undefined;
  if (offered && offered.length > 0 && !qop) return undefined;
  return {
    realm,
    nonce,
    opaque: parameters.get('opaque'),
    algorithm,
    hashName,
    isSession: name.endsWith('-sess'),
    qop,
    hidesUser: parameters.get('userhash')?.toLowerCase() === 'true',
    isStale: parameters.get('stale')?.toLowerCase() === 'true',
  };
}
