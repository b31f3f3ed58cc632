import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { SidebandError } from '../../src/base/errors';
import { Secret } from '../../src/base/secret';
import { fetchCertificate } from '../../src/transport/certificate';
import type { HttpClient, HttpResponse } from '../../src/transport/http';
import { httpTransport } from '../../src/transport/httpClient';
import type { TlsPolicy } from '../../src/transport/tcp';
import { type Certificates, type Identity, makeCertificates, opensslFingerprint } from '../peers/certificates';
import { has } from '../peers/programs';
import { answering, TcpServer } from '../peers/tcpServer';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

const never = new AbortController().signal;
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const no = 'HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
const post = { method: 'POST', path: '/wsman', headers: {}, body: '<a/>' } as const;
const anyPin: TlsPolicy = { trust: { kind: 'pin', fingerprint: undefined }, legacy: false };

const pinned = (fingerprint: string, more: Partial<TlsPolicy> = {}): TlsPolicy => ({
  trust: { kind: 'pin', fingerprint },
  legacy: false,
  ...more,
});
const signedBy = (...authorities: readonly Identity[]): TlsPolicy => ({
  trust: { kind: 'ca', authorities: authorities.map(({ cert }) => cert) },
  legacy: false,
});

async function start(
  tls: TlsOptions,
  act: (socket: Socket, number: number) => void = answering(ok),
): Promise<TcpServer> {
  const server = await TcpServer.start(act, { tls });
  opened.push(server);
  return server;
}

function clientOf({ port }: { readonly port: number }, tls: TlsPolicy, host = '127.0.0.1'): HttpClient {
  const client = httpTransport.open({ host, port, tls });
  opened.push(client);
  return client;
}

const textOf = ({ body }: HttpResponse): string => Buffer.from(body).toString('latin1');

async function errorOf(request: Promise<unknown>): Promise<SidebandError> {
  const error = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof SidebandError) return error;
  throw new Error(`no SidebandError but ${String(error)}`);
}

describe.skipIf(!has('openssl'))('TLS', () => {
  let certificates: Certificates;
  beforeAll(async () => {
    certificates = await makeCertificates();
  });

  describe('pins', () => {
    test('a certificate that nobody has vouched for: its facts are told, and nothing is sent', async () => {
      const server = await start(certificates.selfSigned);
      const { details, ...error } = await errorOf(clientOf(server, anyPin).request(post, never));
      expect(error).toMatchObject({ code: 'tls.unknown' });
      expect(details).toEqual({
        host: '127.0.0.1',
        port: server.port,
        fingerprint: await opensslFingerprint(certificates.selfSigned.cert),
        subject: 'O=Example, CN=device',
        issuer: 'O=Example, CN=device',
        validTo: expect.stringMatching(
          /^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$|^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/,
        ) as string,
      });
      expect(server.heard).toBe('');
    });

    test('the pinned certificate is believed, whatever else is wrong with it', async () => {
      for (const identity of [certificates.selfSigned, certificates.expired, certificates.wrongName]) {
        const server = await start(identity);
        const fingerprint = await opensslFingerprint(identity.cert);
        expect(textOf(await clientOf(server, pinned(fingerprint)).request(post, never))).toBe('ok');
        const upper = fingerprint.toUpperCase();
        expect(textOf(await clientOf(server, pinned(upper)).request(post, never))).toBe('ok');
      }
    });

    test('another certificate stops, and nothing is sent', async () => {
      const server = await start(certificates.server);
      const expected = await opensslFingerprint(certificates.selfSigned.cert);
      const error = await errorOf(clientOf(server, pinned(expected)).request(post, never));
      const fingerprint = await opensslFingerprint(certificates.server.cert);
      expect(error).toMatchObject({ code: 'tls.changed', effect: 'none', details: { expected, fingerprint } });
      expect(error.hint).toContain('sideband trust --replace');
      expect(server.heard).toBe('');
    });

    test('a certificate that changes between two connections stops', async () => {
      const fingerprint = await opensslFingerprint(certificates.server.cert);
      let server = await start(certificates.server, answering(no));
      const client = clientOf(server, pinned(fingerprint));
      expect((await client.request(post, never)).status).toBe(401);
      const { port } = server;
      await opened.shift()?.[Symbol.asyncDispose]();
      server = await TcpServer.start(answering(ok), { tls: certificates.selfSigned, port });
      opened.push(server);
      expect(await errorOf(client.request(post, never))).toMatchObject({ code: 'tls.changed', effect: 'none' });
      expect(server.heard).toBe('');
    });
  });

  describe('authorities', () => {
    test('a chain to a known one and the right name', async () => {
      for (const host of ['127.0.0.1', 'localhost']) {
        const server = await start(certificates.server);
        const policy = signedBy(certificates.otherAuthority, certificates.authority);
        expect(textOf(await clientOf(server, policy, host).request(post, never))).toBe('ok');
      }
    });

    test('several in one file', async () => {
      const server = await start(certificates.server);
      const both = { ...certificates.authority, cert: certificates.otherAuthority.cert + certificates.authority.cert };
      expect(textOf(await clientOf(server, signedBy(both)).request(post, never))).toBe('ok');
    });

    test.each<[string, keyof Certificates, keyof Certificates | 'system', readonly string[]]>([
      ['an unknown authority', 'server', 'otherAuthority', ['unknown authority']],
      ['none of the system’s', 'server', 'system', ['unknown authority']],
      ['a certificate of its own', 'selfSigned', 'authority', ['unknown authority']],
      ['another name', 'wrongName', 'authority', ['wrong name']],
      ['an end that is past', 'expired', 'authority', ['expired']],
      ['another name and an unknown authority', 'wrongName', 'otherAuthority', ['unknown authority', 'wrong name']],
    ])('%s is told apart', async (_, identity, authority, verification) => {
      const server = await start(certificates[identity]);
      const policy = authority === 'system' ? signedBy() : signedBy(certificates[authority]);
      const error = await errorOf(clientOf(server, policy).request(post, never));
      expect(error).toMatchObject({ code: 'tls.untrusted', effect: 'none', details: { verification } });
      expect(error.message).toContain(verification.join(', '));
      expect(server.heard).toBe('');
    });
  });

  describe('old devices', () => {
    const oldServer = (identity: Identity, maxVersion: 'TLSv1' | 'TLSv1.1'): TlsOptions => ({
      ...identity,
      minVersion: 'TLSv1',
      maxVersion,
      ciphers: 'AES128-SHA:AES256-SHA@SECLEVEL=0',
    });

    test.each(['TLSv1', 'TLSv1.1'] as const)('%s needs its word', async (version) => {
      const server = await start(oldServer(certificates.rsaServer, version));
      const fingerprint = await opensslFingerprint(certificates.rsaServer.cert);
      const error = await errorOf(clientOf(server, pinned(fingerprint)).request(post, never));
      expect(error).toMatchObject({ code: 'tls.failed', effect: 'none' });
      expect(error.hint).toContain('`legacy: true`');
      const client = clientOf(server, pinned(fingerprint, { legacy: true }));
      expect(textOf(await client.request(post, never))).toBe('ok');
    });

    test.each(['AES128-GCM-SHA256', 'AES128-SHA', 'AES256-SHA'])(
      'TLS 1.2 with %s alone, as AMT 12 to 15 has it, needs none',
      async (ciphers) => {
        const tls = { ...certificates.rsaServer, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers } as const;
        const server = await start(tls);
        const client = clientOf(server, pinned(await opensslFingerprint(certificates.rsaServer.cert)));
        expect(textOf(await client.request(post, never))).toBe('ok');
      },
    );

    test('their certificate can be looked at all the same', async () => {
      const server = await start(oldServer(certificates.rsaServer, 'TLSv1'));
      const { fingerprint } = await fetchCertificate({ host: '127.0.0.1', port: server.port }, never);
      expect(fingerprint).toBe(await opensslFingerprint(certificates.rsaServer.cert));
    });
  });

  describe('mutual TLS', () => {
    const mutual = (maxVersion: 'TLSv1.2' | 'TLSv1.3'): TlsOptions => ({
      ...certificates.server,
      ca: certificates.authority.cert,
      requestCert: true,
      rejectUnauthorized: true,
      maxVersion,
    });

    test.each(['TLSv1.2', 'TLSv1.3'] as const)('over %s', async (version) => {
      const server = await start(mutual(version));
      const fingerprint = await opensslFingerprint(certificates.server.cert);
      const { cert: certificate, key } = certificates.client;
      const client = { certificate, key: new Secret(key) };
      expect(textOf(await clientOf(server, pinned(fingerprint, { client })).request(post, never))).toBe('ok');

      const without = await errorOf(clientOf(server, pinned(fingerprint)).request(post, never));
      expect(without).toMatchObject({ code: 'tls.failed', effect: 'none' });
      expect(without.hint).toContain('`certificate`');
    });

    test('a key that is none is told, without it', async () => {
      const server = await start(certificates.server);
      const client = { certificate: certificates.client.cert, key: new Secret('not a key') };
      const error = await errorOf(clientOf(server, { ...anyPin, client }).request(post, never));
      expect(error).toMatchObject({ code: 'tls.failed' });
      expect(error.hint).toContain('`key`');
      expect(JSON.stringify([error.message, error.details])).not.toContain('not a key');
      expect(server.connections).toBe(0);
    });
  });

  describe('handshakes', () => {
    test('one for all requests while the device keeps the connection', async () => {
      const server = await start(certificates.server);
      const client = clientOf(server, signedBy(certificates.authority));
      for (let i = 0; i < 5; i++) await client.request(post, never);
      expect([server.connections, server.handshakes]).toEqual([1, 1]);
    });

    test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s: a connection after the first resumes', async (maxVersion) => {
      const server = await start({ ...certificates.server, maxVersion }, answering(no, no, ok));
      const client = clientOf(server, signedBy(certificates.authority));
      for (const status of [401, 401, 200]) expect((await client.request(post, never)).status).toBe(status);
      expect([server.connections, server.resumptions]).toEqual([3, 2]);
    });

    test('a session is not carried to another policy', async () => {
      const server = await start(certificates.server, answering(no, ok));
      await clientOf(server, signedBy(certificates.authority)).request(post, never);
      const error = await errorOf(clientOf(server, signedBy(certificates.otherAuthority)).request(post, never));
      expect(error).toMatchObject({ code: 'tls.untrusted' });
      expect(server.resumptions).toBe(0);
    });

    test('a device that keeps the connection after its refusal sees one', async () => {
      const server = await start(certificates.server, answering(no.replace('Connection: close\r\n', ''), ok));
      const client = clientOf(server, signedBy(certificates.authority));
      for (const status of [401, 200, 200]) expect((await client.request(post, never)).status).toBe(status);
      expect([server.connections, server.handshakes]).toEqual([1, 1]);
    });

    test('one that is never answered ends with the signal', async () => {
      const server = await TcpServer.start(() => undefined);
      opened.push(server);
      const stop = new AbortController();
      const failed = errorOf(clientOf(server, anyPin).request(post, stop.signal));
      while (server.heard === '') await new Promise(setImmediate);
      stop.abort(new SidebandError('operation.timeout', 'no result within 1 s'));
      expect(await failed).toMatchObject({ code: 'operation.timeout', effect: 'none' });
      while (server.open > 0) await new Promise(setImmediate);
    });

    test('one that is never answered ends by itself after 20 seconds', async () => {
      const server = await TcpServer.start(() => undefined);
      opened.push(server);
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const failed = errorOf(clientOf(server, anyPin).request(post, never));
      while (server.heard === '') await new Promise(setImmediate);
      vi.advanceTimersByTime(19_999);
      expect(server.open).toBe(1);
      vi.advanceTimersByTime(1);
      expect(await failed).toMatchObject({ code: 'connect.timeout', effect: 'none' });
      while (server.open > 0) await new Promise(setImmediate);
    });

    test.each<[string, (socket: Socket) => unknown, string]>([
      ['closes', (socket) => socket.end(), 'tls.failed'],
      ['breaks off', (socket) => socket.resetAndDestroy(), 'tls.failed'],
      ['speaks in clear', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), 'tls.failed'],
      ['speaks garbage', (socket) => socket.write(Buffer.alloc(1000, 0xfe)), 'tls.failed'],
      ['sends an alert', (socket) => socket.write(Buffer.from('15030300020246', 'hex')), 'tls.failed'],
      ['stops within a record', (socket) => socket.end(Buffer.from('1603030100', 'hex')), 'tls.failed'],
    ])('a device that %s in it', async (_, act, code) => {
      const server = await TcpServer.start((socket) => {
        socket.once('data', () => act(socket));
      });
      opened.push(server);
      const error = await errorOf(clientOf(server, anyPin).request(post, never));
      expect(error).toMatchObject({ code, effect: 'none' });
    });
  });

  test('an address is not sent as a name, a name is', async () => {
    const names: unknown[] = [];
    const server = await start(certificates.server, (socket) => {
      names.push((socket as Socket & { servername: unknown }).servername);
      answering(ok)(socket);
    });
    for (const host of ['127.0.0.1', 'localhost']) {
      await clientOf(server, signedBy(certificates.authority), host).request(post, never);
    }
    expect(names).toEqual([false, 'localhost']);
  });

  test('a certificate is looked at without a word being sent', async () => {
    const server = await start(certificates.expired);
    expect(await fetchCertificate({ host: '127.0.0.1', port: server.port }, never)).toMatchObject({
      fingerprint: await opensslFingerprint(certificates.expired.cert),
      subject: 'O=Example, CN=device',
      issuer: 'O=Example, CN=Test authority',
    });
    expect(server.heard).toBe('');
  });
});
