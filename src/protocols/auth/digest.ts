import { hash, randomBytes } from 'node:crypto';
import type { Secret } from '../../base/secret';
import { type Challenge, parseChallenges } from './challenge';

const algorithms: ReadonlyMap<string, string> = new Map([
  ['md5', 'md5'],
  ['sha-256', 'sha256'],
  ['sha-512-256', 'sha512-256'],
]);

/** A challenge that is being answered. */
interface Accepted {
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

/**
 * HTTP digest, RFC 7616 and 2617, for one user of one device. One nonce serves many requests, counted. A password that the device has
 * refused is never sent again, for devices lock accounts.
 */
export class DigestLogin {
  readonly #user: string;
  readonly #password: Secret;
  readonly #random: () => string;
  #accepted: Accepted | undefined;
  #clientNonce = '';
  #count = 0;
  #wasStaleAtOnce = false;
  #rejected = false;

  /** `random` makes client nonces: 32 hex digits, unless a test says otherwise. */
  constructor(user: string, password: Secret, random = () => randomBytes(16).toString('hex')) {
    this.#user = user;
    this.#password = password;
    this.#random = random;
  }

  /** What the device calls itself: in Intel AMT unique to its installation. Undefined before a challenge. */
  get realm(): string | undefined {
    return this.#accepted?.realm;
  }

  /** The Authorization header for the next request, or undefined before a challenge and after a rejection. */
  authorize(method: string, uri: string, body: string | Uint8Array = ''): string | undefined {
    const accepted = this.#accepted;
    if (!accepted || this.#rejected) return undefined;
    const { qop, algorithm, opaque, realm, nonce } = accepted;
    const nonceCount = (++this.#count).toString(16).padStart(8, '0');
    const response = this.#respond(accepted, nonceCount, { method, uri, body });
    return `Digest ${[
      ...this.#userFields(accepted),
      `realm=${quote(realm)}`,
      `nonce=${quote(nonce)}`,
      `uri=${quote(uri)}`,
      `response="${response}"`,
      ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
      ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
      ...(qop === undefined ? [] : [`qop=${qop}`, `nc=${nonceCount}`]),
      ...(this.#sendsClientNonce(accepted) ? [`cnonce=${quote(this.#clientNonce)}`] : []),
    ].join(', ')}`;
  }

  /**
   * Takes the WWW-Authenticate headers of a 401. `retry`: send the request again. `rejected`: the password was refused, never try it
   * again. `unsupported`: no digest in them that is spoken here.
   */
  challenge(headers: readonly string[]): 'retry' | 'rejected' | 'unsupported' {
    if (this.#rejected) return 'rejected';
    const next = chooseChallenge(parseChallenges(headers));
    if (this.#accepted && this.#count > 0 && !this.#mayTryAgain(next)) {
      this.#rejected = true;
      return 'rejected';
    }
    if (!next) return 'unsupported';
    this.#accepted = next;
    this.#clientNonce = this.#random();
    this.#count = 0;
    return 'retry';
  }

  /** Whether a 401 to our credentials may mean something else than a wrong password. */
  #mayTryAgain(next: Accepted | undefined): boolean {
    if (!next) return false;
    // The same nonce has let a request in before: the password is right, and the nonce has grown old.
    if (this.#count > 1) {
      this.#wasStaleAtOnce = false;
      return next.isStale || next.nonce !== this.#accepted?.nonce;
    }
    // Once a fresh nonce may be stale at once, as after a restart of the device; a device that always says so will not let us in.
    const isFirstTime = !this.#wasStaleAtOnce;
    this.#wasStaleAtOnce = true;
    return next.isStale && isFirstTime;
  }

  #respond(
    accepted: Accepted,
    nonceCount: string,
    { method, uri, body }: { readonly method: string; readonly uri: string; readonly body: string | Uint8Array },
  ): string {
    const { hashName, realm, nonce, qop, isSession } = accepted;
    const digest = (text: string | Uint8Array): string => hash(hashName, text, 'hex');
    const user = digest(`${this.#user}:${realm}:${this.#password.reveal()}`);
    const key = isSession ? digest(`${user}:${nonce}:${this.#clientNonce}`) : user;
    const request = digest(qop === 'auth-int' ? `${method}:${uri}:${digest(body)}` : `${method}:${uri}`);
    if (qop === undefined) return digest(`${key}:${nonce}:${request}`);
    return digest(`${key}:${nonce}:${nonceCount}:${this.#clientNonce}:${qop}:${request}`);
  }

  #userFields({ hidesUser, hashName, realm }: Accepted): readonly string[] {
    if (hidesUser) return [`username="${hash(hashName, `${this.#user}:${realm}`, 'hex')}"`, 'userhash=true'];
    if (/^[\x20-\x7e]*$/.test(this.#user)) return [`username=${quote(this.#user)}`];
    return [`username*=UTF-8''${encodeURIComponent(this.#user).replace(/['()*]/g, percent)}`];
  }

  #sendsClientNonce({ qop, isSession }: Accepted): boolean {
    return qop !== undefined || isSession;
  }
}

/** The first digest that we can answer: servers list them by strength, RFC 7616 section 3.7. */
function chooseChallenge(challenges: readonly Challenge[]): Accepted | undefined {
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

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
