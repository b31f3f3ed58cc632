import { SidebandError } from '../base/errors';

/** The status line and the headers of a response. */
export interface HttpHead {
  readonly status: number;
  readonly minorVersion: number;
  /** By lower-case name, in the order of arrival. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

const namePattern = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** Reads a head whose lines all end. Throws `protocol.invalid` for anything but HTTP/1.0 or 1.1 (RFC 9112, sections 4 and 5). */
export function parseHead(text: string): HttpHead {
  let end = text.indexOf('\n');
  const statusLine = trimReturn(text.slice(0, end));
  const parts = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: |$)/.exec(statusLine);
  if (!parts) throw notHttp(statusLine);
  if (/\0|\r(?!\n)/.test(text)) throw malformed('a header holds control characters');
  const headers = new Map<string, string[]>();
  let last: string[] | undefined;
  for (let start = end + 1; start < text.length; start = end + 1) {
    end = text.indexOf('\n', start);
    const line = text.slice(start, end);
    if (line.startsWith(' ') || line.startsWith('\t')) fold(line, last);
    else last = add(line, headers);
  }
  return { status: Number(parts[2]), minorVersion: Number(parts[1]), headers };
}

function add(line: string, headers: Map<string, string[]>): string[] {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0)).trimEnd().toLowerCase();
  if (!namePattern.test(name)) throw malformed('a header has no name');
  const value = line.slice(colon + 1).trim();
  const values = headers.get(name);
  if (values) {
    values.push(value);
    return values;
  }
  const first = [value];
  headers.set(name, first);
  return first;
}

/** A line that goes on with the one before (RFC 9112, section 5.2). */
function fold(line: string, values: string[] | undefined): void {
  const before = values?.pop();
  if (before === undefined) throw malformed('the headers begin with a folded line');
  values?.push(`${before} ${line.trim()}`.trim());
}

const none: readonly string[] = [];

/** The members of all headers of this name, in lower case. */
function listOf({ headers }: HttpHead, name: string): readonly string[] {
  const values = headers.get(name);
  if (!values) return none;
  const text = values.join().toLowerCase();
  return text.includes(',') ? text.split(',').map((part) => part.trim()) : [text];
}

/** How the end of the body is known (RFC 9112, section 6.3). */
export type Framing =
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

/** Throws `protocol.invalid` when the headers contradict each other, or tell of a coding that nobody asked for. */
export function framingOf(head: HttpHead): Framing {
  const codings = listOf(head, 'transfer-encoding');
  const lengths = listOf(head, 'content-length');
  if (codings.length > 0) {
    if (codings.join() !== 'chunked') throw malformed('the body has a coding that was not asked for');
    if (lengths.length > 0) throw malformed('the body has two lengths');
    return { kind: 'chunked' };
  }
  if (head.status === 204 || head.status === 304) return { kind: 'length', length: 0 };
  const [length] = lengths;
  if (length === undefined) return { kind: 'until-close' };
  if (lengths.some((other) => other !== length)) throw malformed('the body has two lengths');
  if (!/^\d{1,15}$/.test(length)) throw malformed('the length of the body is no number');
  return { kind: 'length', length: Number(length) };
}

/** Whether the device will take another request on this connection (RFC 9112, section 9.3). */
export function keepsAlive(head: HttpHead): boolean {
  const options = listOf(head, 'connection');
  return head.minorVersion === 1 ? !options.includes('close') : options.includes('keep-alive');
}

function malformed(what: string): SidebandError {
  return new SidebandError('protocol.invalid', `the HTTP response is malformed: ${what}`);
}

/** What answers is something else; `start` is how it begins. */
export function notHttp(start: string): SidebandError {
  // A TLS alert, which devices send to those who speak in clear.
  const isTls = start.startsWith('\u0015\u0003');
  const what = isTls ? 'the port speaks TLS' : JSON.stringify(start.split('\n', 1)[0]?.trimEnd().slice(0, 40));
  return new SidebandError('protocol.invalid', `this is no HTTP response: ${what}`);
}

function trimReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
