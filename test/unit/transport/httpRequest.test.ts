import { expect, test } from 'vitest';
import { encodeRequest, hostHeader } from '../../../src/transport/httpRequest';

test('a request is one text', () => {
  const headers = { 'Content-Type': 'application/soap+xml;charset=UTF-8', Authorization: 'Digest x="y"' };
  const { text, encoding } = encodeRequest(
    { method: 'POST', path: '/wsman', headers, body: '<a/>' },
    '10.0.4.11:16992',
  );
  expect(text).toBe(
    'POST /wsman HTTP/1.1\r\nHost: 10.0.4.11:16992\r\nContent-Type: application/soap+xml;charset=UTF-8\r\n' +
      'Authorization: Digest x="y"\r\nContent-Length: 4\r\n\r\n<a/>',
  );
  expect(encoding).toBe('latin1');
});

test.each([
  [
    'a GET has no body',
    { method: 'GET', path: '/', headers: {} } as const,
    'GET / HTTP/1.1\r\nHost: h:1\r\n\r\n',
    'latin1',
  ],
  [
    'an empty POST says so',
    { method: 'POST', path: '/', headers: {}, body: '' } as const,
    'POST / HTTP/1.1\r\nHost: h:1\r\nContent-Length: 0\r\n\r\n',
    'latin1',
  ],
  [
    'the length counts bytes',
    { method: 'POST', path: '/', headers: {}, body: 'é€😀' } as const,
    'POST / HTTP/1.1\r\nHost: h:1\r\nContent-Length: 9\r\n\r\né€😀',
    'utf8',
  ],
])('%s', (_, request, text, encoding) => {
  expect(encodeRequest(request, 'h:1')).toEqual({ text, encoding });
});

test.each([
  [{ method: 'GET', path: '/\r\nX: y', headers: {} } as const],
  [{ method: 'GET', path: '/', headers: { A: 'b\nX: y' } } as const],
  [{ method: 'GET', path: '/', headers: { A: 'b\rX: y' } } as const],
  [{ method: 'GET', path: '/', headers: { 'A\r\nX': 'y' } } as const],
  [{ method: 'GET', path: '/ HTTP/1.1', headers: {} } as const],
])('%j does not break out of its line', (request) => {
  expect(() => encodeRequest(request, 'h:1')).toThrow(expect.objectContaining({ code: 'internal.bug' }) as Error);
});

test.each([
  ['10.0.4.11', '10.0.4.11:16992'],
  ['lab-01.example', 'lab-01.example:16992'],
  ['2001:db8::5', '[2001:db8::5]:16992'],
  ['fe80::1%eth0', '[fe80::1]:16992'],
])('the host header of %s', (host, expected) => {
  expect(hostHeader({ host, port: 16992 })).toBe(expected);
});
