import { SidebandError } from '../base/errors';

/** The status line and the headers of a response, as far as they are read. */
export class HttpHead {
  readonly status: number;
  readonly minorVersion: number;
  readonly headers = new Map<string, string[]>();
  #last: string[] | undefined;

  /** Throws `protocol.invalid` for anything but the status line of HTTP/1.0 or 1.1 (RFC 9112, section 4). */
  constructor(statusLine: string) {
    const parts = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: |$)/.exec(statusLine);
    if (!parts) throw new SidebandError('protocol.invalid', `this is no HTTP response: ${describeStart(statusLine)}`);
    this.minorVersion = Number(parts[1]);
    this.status = Number(parts[2]);
  }

  /** One header line, or the folded rest of the one before (RFC 9112, section 5). */
  add(line: string): void {
    if (/[\0\r]/.test(line)) throw malformed('a header holds control characters');
    if (line.startsWith(' ') || line.startsWith('\t')) {
      const last = this.#last?.pop();
      if (last === undefined) throw malformed('the headers begin with a folded line');
      this.#last?.push(`${last} ${line.trim()}`.trim());
      return;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trimEnd().toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) throw malformed('a header has no name');
    const value = line.slice(colon + 1).trim();
    const values = this.headers.get(name);
    if (values) values.push(value);
    else this.headers.set(name, (this.#last = [value]));
    if (values) this.#last = values;
  }

  /** The members of all headers of this name, in lower case. */
  list(name: string): readonly string[] {
    const values = this.headers.get(name);
    if (!values) return [];
    return values.flatMap((value) => value.split(',').map((part) => part.trim().toLowerCase()));
  }
}

/** How the end of the body is known (RFC 9112, section 6.3). */
export type Framing =
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

/** Throws `protocol.invalid` when the headers contradict each other, or tell of a coding that nobody asked for. */
export function framingOf(head: HttpHead): Framing {
  const codings = head.list('transfer-encoding');
  const lengths = new Set(head.list('content-length'));
  if (codings.length > 0) {
    if (codings.join() !== 'chunked') throw malformed('the body has a coding that was not asked for');
    if (lengths.size > 0) throw malformed('the body has two lengths');
    return { kind: 'chunked' };
  }
  if (head.status === 204 || head.status === 304) return { kind: 'length', length: 0 };
  const [length] = lengths;
  if (length === undefined) return { kind: 'until-close' };
  if (lengths.size > 1) throw malformed('the body has two lengths');
  if (!/^\d{1,15}$/.test(length)) throw malformed('the length of the body is no number');
  return { kind: 'length', length: Number(length) };
}

/** Whether the device will take another request on this connection (RFC 9112, section 9.3). */
export function keepsAlive(head: HttpHead): boolean {
  const options = head.list('connection');
  return head.minorVersion === 1 ? !options.includes('close') : options.includes('keep-alive');
}

function malformed(what: string): SidebandError {
  return new SidebandError('protocol.invalid', `the HTTP response is malformed: ${what}`);
}

function describeStart(line: string): string {
  // A TLS alert, which devices send to those who speak in clear.
  if (line.startsWith('\u0015\u0003')) return 'the port speaks TLS';
  return JSON.stringify(line.slice(0, 40));
}
