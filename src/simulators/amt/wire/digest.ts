import { hash, randomBytes } from 'node:crypto';
import type { AmtDevice } from '../device';

/** What came of the login that a request brought. */
export type Login =
  | { readonly is: 'accepted'; readonly account: string }
  /** No login, or one for a nonce of long ago. */
  | { readonly is: 'challenged'; readonly isStale: boolean }
  | { readonly is: 'rejected'; readonly failuresAtLock: number | undefined };

export interface LoginRequest {
  readonly method: string;
  readonly target: string;
  readonly authorization: string | undefined;
  readonly body: Uint8Array;
}

interface Nonce {
  readonly madeAt: number;
  highestCount: number;
}

const mostNonces = 64;
const nonceLifetimeMs = 5 * 60_000;
const parameter = /([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/gi;

/** Digest logins of a device, RFC 2617 with MD5. */
export class DigestLogins {
  readonly #device: AmtDevice;
  readonly #nonces = new Map<string, Nonce>();
  #made = 0;

  constructor(device: AmtDevice) {
    this.#device = device;
  }

  /** The value of a WWW-Authenticate header, spaced as recorded. */
  challenge(isStale: boolean): string {
    const { digestRealm, options } = this.#device;
    const { qop = 'auth' } = options;
    return `Digest realm="${digestRealm}", nonce="${this.#newNonce()}",stale="${String(isStale)}",qop="${qop}"`;
  }

  check(request: LoginRequest): Login {
    const { accounts, faults, counters } = this.#device;
    const now = Date.now();
    const given = readDigest(request.authorization);
    if (!given) return { is: 'challenged', isStale: false };
    if (accounts.isLocked(now)) {
      counters.loginsRejected++;
      return { is: 'rejected', failuresAtLock: undefined };
    }
    const nonce = this.#nonces.get(given.nonce);
    if (!nonce || now - nonce.madeAt > nonceLifetimeMs || faults.takesStaleNonce()) {
      this.#nonces.delete(given.nonce);
      return { is: 'challenged', isStale: true };
    }
    const account = accounts.find(given.username);
    if (account?.isEnabled && this.#isRight(given, account.ha1, request)) {
      const count = Number.parseInt(given.nc, 16);
      // The same count again is a request that somebody has recorded.
      if (count <= nonce.highestCount) return { is: 'challenged', isStale: true };
      nonce.highestCount = count;
      accounts.accepted();
      return { is: 'accepted', account: account.name };
    }
    counters.loginsRejected++;
    return { is: 'rejected', failuresAtLock: accounts.rejected(now) };
  }

  #isRight(given: Digest, ha1: string, { method, target, body }: LoginRequest): boolean {
    const { digestRealm, options, profile } = this.#device;
    const offered = (options.qop ?? 'auth').split(',');
    const counted = profile.isStrict ? /^[0-9a-f]{8}$/i : /^[0-9a-f]{1,8}$/i;
    if (given.realm !== digestRealm || given.uri !== target) return false;
    if (!offered.includes(given.qop) || !counted.test(given.nc)) return false;
    const entity = given.qop === 'auth-int' ? `:${hash('md5', body)}` : '';
    const ha2 = hash('md5', `${method}:${target}${entity}`);
    const { nonce, nc, cnonce, qop } = given;
    return hash('md5', `${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${ha2}`) === given.response;
  }

  /** 32 characters of base64: 24 bytes, of which some count and the rest are by chance. */
  #newNonce(): string {
    const [oldest] = this.#nonces.keys();
    if (this.#nonces.size >= mostNonces && oldest !== undefined) this.#nonces.delete(oldest);
    const bytes = randomBytes(24);
    bytes.fill(0, 6, 12);
    bytes.writeUInt32LE(++this.#made, 6);
    const nonce = bytes.toString('base64');
    this.#nonces.set(nonce, { madeAt: Date.now(), highestCount: 0 });
    return nonce;
  }
}

const fields = ['username', 'realm', 'nonce', 'uri', 'response', 'qop', 'nc', 'cnonce'] as const;
type Digest = Readonly<Record<(typeof fields)[number], string>>;

/** Quoted or not, in any order. Nothing for another scheme or when something is missing. */
function readDigest(authorization: string | undefined): Digest | undefined {
  if (!authorization || !/^digest /i.test(authorization)) return undefined;
  const found = new Map<string, string>();
  for (const [, name = '', quoted, bare] of authorization.slice('digest '.length).matchAll(parameter)) {
    found.set(name.toLowerCase(), quoted ?? bare ?? '');
  }
  if (fields.some((field) => !found.has(field))) return undefined;
  return Object.fromEntries(fields.map((field) => [field, found.get(field) ?? ''])) as Digest;
}
