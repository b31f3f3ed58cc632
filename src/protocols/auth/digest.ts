import { randomUUID } from 'node:crypto';
import type { Secret } from '../../base/secret';
import { type Accepted, chooseChallenge } from './accepted';
import { parseChallenges } from './challenge';
import { DigestAnswer, type Identity } from './digestAnswer';

/**
 * HTTP digest, RFC 7616 and 2617, for one user of one device. One nonce serves many requests, counted. A password that the device has
 * refused is never sent again, for devices lock accounts.
 */
export class DigestLogin {
  readonly #identity: Identity;
  readonly #random: () => string;
  #accepted: Accepted | undefined;
  #answer: DigestAnswer | undefined;
  /** Of the requests that answered the challenge. */
  #count = 0;
  #wasStaleAtOnce = false;
  #rejected = false;

  /** `random` makes client nonces: 32 hex digits with 122 random bits, unless a test says otherwise. */
  constructor(user: string, password: Secret, random = () => randomUUID().replaceAll('-', '')) {
    this.#identity = { user, password };
    this.#random = random;
  }

  /** What the device calls itself: in Intel AMT unique to its installation. Undefined before a challenge. */
  get realm(): string | undefined {
    return this.#accepted?.realm;
  }

  /** The Authorization header for the next request, or undefined before a challenge and after a rejection. */
  authorize(method: string, uri: string, body: string | Uint8Array = ''): string | undefined {
    if (!this.#answer || this.#rejected) return undefined;
    return this.#answer.authorize(++this.#count, { method, uri, body });
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
    this.#answer = new DigestAnswer(next, this.#identity, this.#random());
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
}
