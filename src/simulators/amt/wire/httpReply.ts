import { loginFailedPage, logonPage } from './pages';

const firstChunk = 0x0220;
const laterChunk = 0x02fa;
const lastChunk = '0\r\n\r\n';

/** What every reply of a device says about itself. */
export interface ServerFacts {
  /** `15.0.23.1706` */
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A SOAP envelope with status 200: chunks of the sizes that devices use, wherever they cut. */
export function successReply(envelope: string, facts: ServerFacts): Buffer {
  const body = Buffer.from(envelope);
  const parts: Buffer[] = [Buffer.from(soapHead('200 OK', facts, ''))];
  for (let at = 0; at < body.length;) {
    const chunk = body.subarray(at, at + (at === 0 ? firstChunk : laterChunk));
    parts.push(...framed(chunk));
    at += chunk.length;
  }
  return Buffer.concat([...parts, Buffer.from(lastChunk)]);
}

/** A SOAP fault: one chunk, and the connection ends. */
export function faultReply(status: 400 | 500, envelope: string, facts: ServerFacts): Buffer {
  const line = status === 400 ? '400 Bad Request' : '500 Internal Server Error';
  const head = Buffer.from(soapHead(line, facts, 'Connection: close\r\n'));
  return Buffer.concat([head, ...framed(Buffer.from(envelope)), Buffer.from(lastChunk)]);
}

/** 401 as recorded. */
export function unauthorizedReply(challenge: string, version: string, ends: boolean): Buffer {
  return Buffer.from(
    `HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: ${challenge}\r\nContent-Type: text/html\r\n` +
      `${serverHeader(version)}Content-Length: ${loginFailedPage.length}\r\n${ends ? 'Connection: close\r\n' : ''}\r\n` +
      loginFailedPage,
    'latin1',
  );
}

/** The start page leads to the page for logging in; both tell the version to whoever asks. */
export function pageReply(target: string, { version }: ServerFacts): Buffer {
  if (target === '/') return plainReply('303 See Other', version, 'Location: /logon.htm\r\n');
  if (target !== '/logon.htm') return plainReply('404 Not Found', version);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n${serverHeader(version)}`;
  return Buffer.from(`${head}Content-Length: ${logonPage.length}\r\n\r\n${logonPage}`, 'latin1');
}

export function methodNotAllowedReply(version: string): Buffer {
  return plainReply('405 Method Not Allowed', version);
}

export function forbiddenReply(version: string): Buffer {
  return plainReply('403 Forbidden', version);
}

export function notFoundReply(version: string): Buffer {
  return plainReply('404 Not Found', version);
}

/** For what is no envelope at all. */
export function badRequestReply(version: string): Buffer {
  return plainReply('400 Bad Request', version, 'Connection: close\r\n');
}

function plainReply(line: string, version: string, more = ''): Buffer {
  return Buffer.from(`HTTP/1.1 ${line}\r\n${serverHeader(version)}Content-Length: 0\r\n${more}\r\n`);
}

function soapHead(line: string, { version, now }: ServerFacts, more: string): string {
  return (
    `HTTP/1.1 ${line}\r\nDate: ${new Date(now).toUTCString()}\r\n${serverHeader(version)}X-Frame-Options: DENY\r\n` +
    `Content-Type: application/soap+xml; charset=UTF-8\r\nTransfer-Encoding: chunked\r\n${more}\r\n`
  );
}

function serverHeader(version: string): string {
  return `Server: Intel(R) Active Management Technology ${version}\r\n`;
}

function framed(chunk: Buffer): readonly Buffer[] {
  const size = chunk.length.toString(16).toUpperCase().padStart(4, '0');
  return [Buffer.from(`${size}\r\n`), chunk, Buffer.from('\r\n')];
}
