import { SidebandError } from '../base/errors';
import type { HttpRequest } from './http';
import type { TcpEndpoint } from './tcp';

export interface EncodedRequest {
  readonly text: string;
  readonly encoding: 'latin1' | 'utf8';
}

const beyondAscii = /[^\0-\x7f]/;

/** The request as one text, so that it is written at once. Throws `internal.bug` for what would break out of its line. */
export function encodeRequest({ method, path, headers, body = '' }: HttpRequest, host: string): EncodedRequest {
  let head = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n`;
  assertPlain(path, /[^!-~]/);
  for (const name in headers) {
    const value = headers[name] ?? '';
    assertPlain(name, /[^\w-]/);
    assertPlain(value, /[\r\n\0]/);
    head += `${name}: ${value}\r\n`;
  }
  const length = Buffer.byteLength(body);
  if (method === 'POST') head += `Content-Length: ${length}\r\n`;
  const isPlain = length === body.length && !beyondAscii.test(head);
  return { text: `${head}\r\n${body}`, encoding: isPlain ? 'latin1' : 'utf8' };
}

/** The Host header's value (RFC 9110, section 7.2): an IPv6 address stands in brackets and has no zone. */
export function hostHeader({ host, port }: TcpEndpoint): string {
  const name = host.includes(':') ? `[${host.replace(/%.*$/, '')}]` : host;
  return `${name}:${port}`;
}

function assertPlain(text: string, forbidden: RegExp): void {
  if (forbidden.test(text)) throw new SidebandError('internal.bug', 'the head of an HTTP request would break apart');
}
