import { hash } from 'node:crypto';
import { Secret } from '../../base/secret';
import type { Accepted } from './accepted';

export interface Identity {
  readonly user: string;
  readonly password: Secret;
}

export interface DigestRequest {
  readonly method: string;
  readonly uri: string;
  readonly body: string | Uint8Array;
}

/** The answers to one challenge, RFC 7616 section 3.4: what is the same in all of them is made once. */
export class DigestAnswer {
  readonly #accepted: Accepted;
  readonly #clientNonce: string;
  /** H(A1): whoever knows it needs no password for this realm. */
  readonly #key: Secret;
  /** The header around what changes. */
  readonly #opening: string;
  readonly #closing: string;
  /** A2 of the last request, and its hash. */
  #request = '';
  #requestDigest = '';

  constructor(accepted: Accepted, { user, password }: Identity, clientNonce: string) {
    const { realm, nonce, algorithm, opaque, isSession } = accepted;
    this.#accepted = accepted;
    this.#clientNonce = clientNonce;
    const key = this.#digest(`${user}:${realm}:${password.reveal()}`);
    this.#key = new Secret(isSession ? this.#digest(`${key}:${nonce}:${clientNonce}`) : key);
    this.#opening = `Digest ${userField(user, accepted)}, realm=${quote(realm)}, nonce=${quote(nonce)}`;
    this.#closing =
      (algorithm === undefined ? '' : `, algorithm=${algorithm}`) +
      (opaque === undefined ? '' : `, opaque=${quote(opaque)}`);
  }

  /** The value of the Authorization header for the request of that number, counted from 1. */
  authorize(number: number, { method, uri, body }: DigestRequest): string {
    const { qop, isSession } = this.#accepted;
    const count = number.toString(16).padStart(8, '0');
    const counted = qop === undefined ? '' : `, qop=${qop}, nc=${count}`;
    const clientNonce = qop === undefined && !isSession ? '' : `, cnonce=${quote(this.#clientNonce)}`;
    const request = qop === 'auth-int' ? `${method}:${uri}:${this.#digest(body)}` : `${method}:${uri}`;
    const fields = `uri=${quote(uri)}, response="${this.#respond(count, request)}"`;
    return `${this.#opening}, ${fields}${this.#closing}${counted}${clientNonce}`;
  }

  #respond(count: string, request: string): string {
    const { nonce, qop } = this.#accepted;
    if (request !== this.#request) {
      this.#request = request;
      this.#requestDigest = this.#digest(request);
    }
    const between = qop === undefined ? nonce : `${nonce}:${count}:${this.#clientNonce}:${qop}`;
    return this.#digest(`${this.#key.reveal()}:${between}:${this.#requestDigest}`);
  }

  #digest(text: string | Uint8Array): string {
    return hash(this.#accepted.hashName, text, 'hex');
  }
}

function userField(user: string, { hidesUser, hashName, realm }: Accepted): string {
  if (hidesUser) return `username="${hash(hashName, `${user}:${realm}`, 'hex')}", userhash=true`;
  if (/^[\x20-\x7e]*$/.test(user)) return `username=${quote(user)}`;
  return `username*=UTF-8''${encodeURIComponent(user).replace(/['()*]/g, percent)}`;
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
