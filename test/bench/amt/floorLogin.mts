import { hash } from 'node:crypto';
import { password, user } from './common.mts';

const md5 = (text: string): string => hash('md5', text, 'hex');
const request = md5('POST:/wsman');
const clientNonce = '0a4f113b';

/** HTTP digest as AMT speaks it, and nothing more: what does not change is made once. */
export class FloorLogin {
  #realm = '';
  #nonce: string | undefined;
  #key = '';
  #count = 0;

  /** Takes the challenge of a 401. */
  accept(challenge: string): void {
    this.#realm = /realm="([^"]*)"/.exec(challenge)?.[1] ?? '';
    this.#nonce = /nonce="([^"]*)"/.exec(challenge)?.[1];
    this.#key = md5(`${user}:${this.#realm}:${password}`);
  }

  /** For the next request. */
  headers(): { readonly Authorization?: string } {
    const nonce = this.#nonce;
    if (nonce === undefined) return {};
    const count = (++this.#count).toString(16).padStart(8, '0');
    const response = md5(`${this.#key}:${nonce}:${count}:${clientNonce}:auth:${request}`);
    return {
      Authorization: `Digest username="${user}",realm="${this.#realm}",nonce="${nonce}",uri="/wsman",response="${response}",qop=auth,nc=${count},cnonce="${clientNonce}"`,
    };
  }
}
