import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SidebandError } from '../../../src/base/errors';
import type { HttpResponse } from '../../../src/transport/http';
import { HttpResponseParser } from '../../../src/transport/httpResponse';

const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/amt/http/${name}`, import.meta.url));
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Each piece lies in memory that is overwritten afterwards, as a socket's is. */
function feed(parser: HttpResponseParser, pieces: readonly Buffer[]): number {
  let used = 0;
  for (const piece of pieces) {
    const shared = Buffer.from(piece);
    used += parser.read(shared);
    shared.fill(0x58);
  }
  return used;
}

function cut(bytes: Buffer, at: readonly number[]): readonly Buffer[] {
  const borders = [0, ...[...at].sort((one, other) => one - other), bytes.length];
  return borders.slice(1).map((border, index) => bytes.subarray(borders[index], border));
}

const anyCut = (bytes: Buffer) =>
  fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 12 }).map((at) => cut(bytes, at));

function readWhole(text: string | Buffer): HttpResponse & { readonly keepsAlive: boolean } {
  const parser = new HttpResponseParser();
  parser.read(typeof text === 'string' ? latin1(text) : text);
  if (!parser.isDone) parser.end();
  const { keepsAlive } = parser;
  return { ...parser.take(), keepsAlive };
}

const bodyOf = (text: string | Buffer): string => Buffer.from(readWhole(text).body).toString('latin1');

function errorOf(act: () => unknown): { readonly code: string; readonly message: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof SidebandError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('what devices have sent', () => {
  test.each([
    ['200-chunked-enumerate-softwareidentity-amt15.0.23.http', 200, 0x0220 + 0x022a, true],
    ['200-chunked-get-generalsettings-amt15.0.23.http', 200, 0x0220 + 0x02fa + 0x02fa + 0x003c, true],
    ['400-chunked-fault-alreadyexists-amt15.0.23.http', 400, 0x04cc, false],
    ['401-amt11.8.50.http', 401, 690, false],
  ])('%s is read in every cutting', (name, status, length, keepsAlive) => {
    const bytes = fixture(name);
    fc.assert(
      fc.property(anyCut(bytes), (pieces) => {
        const parser = new HttpResponseParser();
        expect(feed(parser, pieces)).toBe(bytes.length);
        expect(parser.isDone).toBe(true);
        expect(parser.keepsAlive).toBe(keepsAlive);
        const response = parser.take();
        expect(response.status).toBe(status);
        expect(response.body.length).toBe(length);
      }),
      { numRuns: 300 },
    );
    const parser = new HttpResponseParser();
    const single = [...bytes].map((byte) => Buffer.of(byte));
    expect(feed(parser, single)).toBe(bytes.length);
    const { status: again, body } = parser.take();
    expect([again, body.length]).toEqual([status, length]);
  });

  test('a chunked answer is whole and without its framing', () => {
    const body = bodyOf(fixture('200-chunked-get-generalsettings-amt15.0.23.http'));
    expect(body).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?><a:Envelope .*<\/a:Envelope>$/s);
    expect(body).toContain('<g:DigestRealm>');
    expect(body).not.toMatch(/\r\n02FA\r\n/);
  });

  test('a challenge is a header', () => {
    expect(readWhole(fixture('401-amt11.8.50.http')).headers.get('www-authenticate')).toEqual([
      'Digest realm="Digest:A4070000000000000000000000000000", nonce="wlbEK1EtAAAAAAAAWW5aUHFp+mQQ1j63",stale="false",qop="auth"',
    ]);
  });
});

describe('framings', () => {
  test.each([
    ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'hello', true],
    ['a length of nothing', 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n', '', true],
    ['the same length twice', 'HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nok', 'ok', true],
    ['no length', 'HTTP/1.1 200 OK\r\nServer: x\r\n\r\nuntil the end', 'until the end', false],
    ['no length and no body', 'HTTP/1.1 200 OK\r\n\r\n', '', false],
    ['no content', 'HTTP/1.1 204 No Content\r\n\r\n', '', true],
    ['not modified', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n', '', true],
    [
      'chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0a\r\n0123456789\r\n0\r\n\r\n',
      'abc0123456789',
      true,
    ],
    [
      'sizes with more zeros than digits',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n000000000003  \r\nabc\r\n000000000\r\n\r\n',
      'abc',
      true,
    ],
    [
      'chunk extensions',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3;a=b;c="d"\r\nabc\r\n2 ; e\r\nde\r\n000\r\n\r\n',
      'abcde',
      true,
    ],
    [
      'trailers',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nExpires: now\r\nX: y\r\n\r\n',
      'x',
      true,
    ],
    ['no chunk but the last', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', '', true],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok', 'ok', false],
    ['HTTP/1.0 that stays', 'HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok', 'ok', true],
    ['one that goes', 'HTTP/1.1 200 OK\r\nConnection: foo, Close\r\nContent-Length: 2\r\n\r\nok', 'ok', false],
    ['no reason', 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok', 'ok', true],
    ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok', 'ok', true],
    ['an empty line before', '\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 'ok', true],
    [
      'a preliminary answer',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Wait\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      'ok',
      true,
    ],
  ])('%s', (_, text, body, keepsAlive) => {
    expect(bodyOf(text)).toBe(body);
    expect(readWhole(text).keepsAlive).toBe(keepsAlive);
    const bytes = latin1(text);
    fc.assert(
      fc.property(anyCut(bytes), (pieces) => {
        const parser = new HttpResponseParser();
        feed(parser, pieces);
        if (!parser.isDone) parser.end();
        expect(Buffer.from(parser.take().body).toString('latin1')).toBe(body);
      }),
      { numRuns: 50 },
    );
  });

  test('what follows a response does not belong to it', () => {
    const parser = new HttpResponseParser();
    expect(parser.read(latin1('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP'))).toBe(40);
    expect(parser.isDone).toBe(true);
    expect(parser.read(latin1('more'))).toBe(0);
  });
});

test('headers that come twice stay two, and a folded one is one line', () => {
  const text =
    'HTTP/1.1 401 x\r\nWWW-Authenticate: Negotiate\r\nX-Folded: one\r\n\ttwo\r\n   three\r\nwww-authenticate : Digest a="b"\r\n and="c"\r\nEmpty:\r\nContent-Length: 0\r\n\r\n';
  expect([...readWhole(text).headers]).toEqual([
    ['www-authenticate', ['Negotiate', 'Digest a="b" and="c"']],
    ['x-folded', ['one two three']],
    ['empty', ['']],
    ['content-length', ['0']],
  ]);
});

describe('what breaks the standard is refused', () => {
  const ok = 'HTTP/1.1 200 OK\r\n';
  const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;
  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'no HTTP response: "SSH-2.0-OpenSSH_9.2"'],
    ['a TLS alert', '\u0015\u0003\u0001\u0000\u0002\u0002\u0046\n', 'the port speaks TLS'],
    ['HTTP/2', 'HTTP/2 200\r\n', 'no HTTP response'],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\n', 'no HTTP response'],
    ['a status below 100', 'HTTP/1.1 099 OK\r\n', 'no HTTP response'],
    ['two lengths', `${ok}Content-Length: 3\r\nContent-Length: 4\r\n\r\n`, 'two lengths'],
    ['two lengths in one', `${ok}Content-Length: 3, 4\r\n\r\n`, 'two lengths'],
    ['a length and chunks', `${ok}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n`, 'two lengths'],
    ['a negative length', `${ok}Content-Length: -3\r\n\r\n`, 'no number'],
    ['a length with a sign', `${ok}Content-Length: +3\r\n\r\n`, 'no number'],
    ['a hexadecimal length', `${ok}Content-Length: 0x3\r\n\r\n`, 'no number'],
    ['a body beyond 16 MiB', `${ok}Content-Length: 16777217\r\n\r\n`, 'longer than 16777216 bytes'],
    ['a body beyond all numbers', `${ok}Content-Length: 99999999999999999999\r\n\r\n`, 'no number'],
    ['a coding', `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n`, 'not asked for'],
    ['a header without a colon', `${ok}Nonsense\r\n`, 'no name'],
    ['a header without a name', `${ok}: x\r\n`, 'no name'],
    ['a name with a space', `${ok}X y: z\r\n`, 'no name'],
    ['a null', `${ok}X: \0\r\n`, 'control characters'],
    ['a bare carriage return', `${ok}X: a\rb\r\n`, 'control characters'],
    ['folding at the start', `${ok} x\r\n`, 'folded'],
    ['a chunk without a size', `${chunked}\r\n`, 'without a size'],
    ['a chunk of a word', `${chunked}xyz\r\n`, 'without a size'],
    ['a negative chunk', `${chunked}-1\r\n`, 'without a size'],
    ['a chunk beyond 16 MiB', `${chunked}1000001\r\n`, 'longer than 16777216 bytes'],
    ['a chunk beyond all numbers', `${chunked}fffffffff\r\n`, 'without a size'],
    ['a chunk that is too long', `${chunked}1\r\nab\r\n`, 'a chunk that is too long'],
    ['two returns after a chunk', `${chunked}1\r\na\r\r\n`, 'a chunk that is too long'],
    ['a bare return after a chunk size', `${chunked}1\ra\r\n`, 'without a size'],
    ['a size that goes on', `${chunked}1x\r\n`, 'without a size'],
    ['another protocol from now on', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', 'another protocol'],
  ])('%s', (_, text, message) => {
    const error = errorOf(() => new HttpResponseParser().read(latin1(`${text}\r\n\r\n`)));
    expect(error.code).toBe('protocol.invalid');
    expect(error.message).toContain(message);
  });

  test.each([
    ['a banner', 'SSH-2', 'no HTTP response: "SSH-2"'],
    ['a TLS alert', '\u0015\u0003\u0001\u0000\u0002\u0002\u0046', 'the port speaks TLS'],
    ['another version', 'HTTP/2', 'no HTTP response: "HTTP/2"'],
  ])('%s is told at once, before its line ends', (_, text, message) => {
    const parser = new HttpResponseParser();
    expect(errorOf(() => [...latin1(text)].map((byte) => parser.read(Buffer.of(byte)))).code).toBe('protocol.invalid');
    expect(errorOf(() => new HttpResponseParser().read(latin1(text))).message).toContain(message);
  });

  test.each([
    ['in the status', 'HTTP/1.1 200'],
    ['in the head', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['in the body', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab'],
    ['in a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab'],
    ['before the last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'],
    ['before the end of the trailers', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n'],
    ['before anything', ''],
    ['after a return', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r'],
  ])('an end %s', (_, text) => {
    const parser = new HttpResponseParser();
    parser.read(latin1(text));
    expect(
      errorOf(() => {
        parser.end();
      }).code,
    ).toBe('protocol.truncated');
  });
});

describe('a device that never stops', () => {
  /** Feeds the same piece until it throws; how many bytes were taken, and why no more. */
  function flood(start: string, piece: string): { readonly taken: number; readonly message: string } {
    const parser = new HttpResponseParser();
    let taken = parser.read(latin1(start));
    const bytes = latin1(piece);
    const { message } = errorOf(() => {
      while (taken < 64 * 1024 * 1024) taken += parser.read(bytes);
    });
    return { taken, message };
  }
  const ok = 'HTTP/1.1 200 OK\r\n';

  test.each([
    ['with headers', ok, 'X: y\r\n', 'head', 64 * 1024],
    ['within a header', `${ok}X: `, 'y'.repeat(1000), 'head', 64 * 1024],
    ['with preliminary answers', '', 'HTTP/1.1 100 Continue\r\n\r\n', 'head', 64 * 1024],
    ['with empty lines', '', '\r\n', 'head', 64 * 1024],
    ['with trailers', `${ok}Transfer-Encoding: chunked\r\n\r\n0\r\n`, 'X: y\r\n', 'head', 64 * 1024],
    ['within a chunk extension', `${ok}Transfer-Encoding: chunked\r\n\r\n1;`, 'x'.repeat(100), 'chunk size', 4 * 1024],
    ['until it closes', `${ok}\r\n`, 'x'.repeat(10_000), 'body', 16 * 1024 * 1024],
    [
      'with chunks',
      `${ok}Transfer-Encoding: chunked\r\n\r\n`,
      `2000\r\n${'x'.repeat(0x2000)}\r\n`,
      'body',
      17 * 1024 * 1024,
    ],
  ])('%s', (_, start, piece, what, limit) => {
    const { taken, message } = flood(start, piece);
    expect(message).toContain(`the ${what} of the HTTP response is longer`);
    expect(taken).toBeLessThanOrEqual(limit);
    expect(taken).toBeGreaterThan(limit * 0.9 - piece.length);
  });
});

test('whatever comes, nothing but a SidebandError is thrown', () => {
  const words = [
    'HTTP/1.1 200 OK',
    '\r\n',
    '\n',
    ': ',
    'Content-Length',
    'Transfer-Encoding',
    'chunked',
    '0',
    '5',
    'ff',
    ';',
    ' ',
    '\0',
    'x',
    '\u00ff',
  ];
  const garbage = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 5 })), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(garbage, (parts) => {
      try {
        readWhole(parts.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(SidebandError);
      }
    }),
    { numRuns: 5000 },
  );
});
