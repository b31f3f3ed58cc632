import { expect, test } from 'vitest';
import { fromHex } from '../../../src/base/bytes';
import { amt } from '../../../src/technologies/amt/amt';
import { amtOptions } from '../../../src/technologies/amt/options';
import type { Diagnosis } from '../../../src/technologies/technology';
import { Secret } from '../../../src/base/secret';
import type { HttpTransport } from '../../../src/transport/http';
import type { KnockResult, UdpTransport } from '../../../src/transport/udp';
import { httpTransport } from '../../../src/transport/httpClient';
import { startAmt } from '../../fakes/amtDevice';
import { fakeSurroundings } from '../../fakes/technology';
import { answering, TcpServer } from '../../peers/tcpServer';

/** A presence pong: maker, what the maker adds, and whether it speaks IPMI. */
const pong = (enterprise: string, added: string, entities = '00'): Uint8Array =>
  fromHex(`0600ff06000011be40000010${enterprise}${added}${entities}20000000000000`);
const notStarted = pong('00000157', '42600000');
const provisioned = pong('00000157', '42610002');
const ofIpmi = pong('000011be', '00000000', '81');

/** No network but for a ping that gets this answer. */
function pinged(answer?: Uint8Array): UdpTransport & { readonly pings: number } {
  let pings = 0;
  return {
    get pings() {
      return pings;
    },
    resolve: (host) => Promise.resolve(host === 'localhost' ? '127.0.0.1' : host),
    listen: () => ({ dispose: () => undefined }),
    send: () => undefined,
    knock(_, { port }): Promise<KnockResult> {
      if (port === 623) pings++;
      return Promise.resolve(answer ? { kind: 'answer', datagram: answer } : { kind: 'silent' });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The stages in short: `Port ok: …`. */
function stagesOf({ stages }: Diagnosis): readonly string[] {
  return stages.map(({ title, ok, detail }) => `${title} ${ok ? 'ok' : 'not'}: ${detail}`);
}

test('a healthy device, in clear', async () => {
  await using device = await startAmt({ surroundings: { udp: pinged() } });
  const diagnosis = await device.check();
  const { port } = device.simulator;
  expect(stagesOf(diagnosis)).toEqual([
    'Name ok: 127.0.0.1',
    `Port ok: ${port} in clear open`,
    'TLS ok: none: all but the password can be read on the way',
    'Server ok: Intel AMT 15.0.23.1706',
    'Login ok: as admin',
    'Provisioning ok: provisioned, admin control',
  ]);
  expect(diagnosis).toMatchObject({ technology: 'amt', ok: true });
  expect(diagnosis.cause).toBeUndefined();
});

test('a device with TLS only, in client control mode', async () => {
  await using device = await startAmt({ profile: 'ccm', ports: 'tls', surroundings: { udp: pinged() } });
  const stages = stagesOf(await device.check());
  expect(stages).toContain(`Port ok: ${device.simulator.tlsPort} with TLS open`);
  expect(stages).toContain('TLS ok: the pinned certificate');
  expect(stages.at(-1)).toBe('Provisioning ok: provisioned, client control');
});

test('a port of which nobody says what it speaks is found out, and the other way not waited for', async () => {
  await using device = await startAmt();
  const surroundings = fakeSurroundings({ udp: pinged(), http: httpTransport });
  const { port } = device.simulator;
  const either = { ...endpoint({ port }), options: amtOptions.parse({ user: 'admin' }) };
  const { stages, ok } = await amt.check(either, surroundings, deadline());
  expect(ok).toBe(true);
  expect(stages[1]).toEqual({ title: 'Port', ok: true, detail: `${port} in clear open` });
});

test('both ports side by side', async () => {
  await using device = await startAmt();
  const { port, tlsPort } = device.simulator;
  const http: HttpTransport = {
    open: (to) => httpTransport.open({ ...to, port: to.tls ? tlsPort : port }),
  };
  const either = { ...endpoint({ port: 16993 }), isPortGiven: false, options: amtOptions.parse({ user: 'admin' }) };
  const { stages, cause } = await amt.check(either, fakeSurroundings({ udp: pinged(), http }), deadline());
  expect(stages[1]).toEqual({ title: 'Port', ok: true, detail: '16993 with TLS answers, 16992 in clear open' });
  expect(cause?.code).toBe('tls.unknown');
  expect(device.simulator.counters.loginsRejected).toBe(0);
});

test('a certificate that nobody vouches for', async () => {
  await using device = await startAmt({ tls: true, surroundings: { udp: pinged(), pins: noPins } });
  const diagnosis = await device.check();
  expect(diagnosis).toMatchObject({ ok: false, cause: { code: 'tls.unknown' } });
  expect(diagnosis.stages.map(({ title, ok }) => [title, ok])).toEqual([
    ['Name', true],
    ['Port', true],
    ['TLS', false],
  ]);
  expect(device.simulator.counters.loginsRejected).toBe(0);
});

const noPins = { get: () => undefined, pin: () => Promise.resolve() };

test('a wrong password, tried once', async () => {
  await using device = await startAmt({ access: { user: 'nobody' }, surroundings: { udp: pinged() } });
  const diagnosis = await device.check();
  expect(stagesOf(diagnosis).at(-1)).toBe('Login not: lab-01: the login as nobody was rejected');
  expect(diagnosis).toMatchObject({ ok: false, cause: { code: 'auth.rejected' } });
  expect(device.simulator.counters.loginsRejected).toBe(1);
});

test('a user who may not see how the device is set up has logged in all the same', async () => {
  const server = 'Server: Intel(R) Active Management Technology 15.0.23.1706\r\nContent-Length: 0\r\n\r\n';
  const challenge = 'WWW-Authenticate: Digest realm="Digest:00", nonce="00",stale="false",qop="auth"\r\n';
  await using device = await TcpServer.start(
    answering(`HTTP/1.1 401 Unauthorized\r\n${challenge}${server}`, `HTTP/1.1 403 Forbidden\r\n${server}`),
  );
  const surroundings = fakeSurroundings({ udp: pinged(), http: httpTransport });
  const diagnosis = await amt.check(endpoint({ port: device.port }), surroundings, deadline());
  expect(stagesOf(diagnosis).slice(-2)).toEqual([
    'Login ok: as admin',
    'Provisioning not: Get AMT_SetupAndConfigurationService: the user may not do this (HTTP 403)',
  ]);
  expect(diagnosis).toMatchObject({ ok: false, cause: { code: 'access.privilege' } });
});

test.each([
  [undefined, 'connect.refused', /^nothing listens on 127.0.0.1 port 1$/],
  [notStarted, 'amt.not-provisioned', /^Intel AMT answers a ping, but its provisioning is not started$/],
  [provisioned, 'connect.refused', /^nothing listens on/],
  [ofIpmi, 'amt.absent', /what answers a ping there is not Intel AMT$/],
])('a port that is closed, and what a ping tells', async (answer, code, message) => {
  const udp = pinged(answer);
  const diagnosis = await amt.check(endpoint({ port: 1 }), fakeSurroundings({ udp, http: httpTransport }), deadline());
  expect(udp.pings).toBe(1);
  expect(diagnosis.cause).toMatchObject({ code, message: expect.stringMatching(message) as string });
  expect(diagnosis.stages.map(({ title, ok }) => [title, ok])).toEqual([
    ['Name', true],
    ['Port', false],
  ]);
  if (answer === provisioned) expect(diagnosis.cause?.hint).toContain('says that it listens on port 16993');
});

test('a web server of something else', async () => {
  await using server = await TcpServer.start((socket) => {
    socket.on('data', () => {
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    });
  });
  const surroundings = fakeSurroundings({ udp: pinged(), http: httpTransport });
  const diagnosis = await amt.check(endpoint({ host: 'localhost', port: server.port }), surroundings, deadline());
  expect(stagesOf(diagnosis)).toEqual([
    'Name ok: localhost is 127.0.0.1',
    `Port ok: ${server.port} in clear answers`,
    'TLS ok: none: all but the password can be read on the way',
    `Server not: port ${server.port} answers HTTP 404, not as Intel AMT does`,
  ]);
  expect(diagnosis.cause?.code).toBe('amt.absent');
});

test('a host name that there is not', async () => {
  const udp = { ...pinged(), resolve: () => Promise.reject(new Error('no such name')) };
  const diagnosis = await amt.check(endpoint({ port: 1 }), fakeSurroundings({ udp, http: httpTransport }), deadline());
  expect(diagnosis.stages).toMatchObject([{ title: 'Name', ok: false }]);
});

function endpoint({ host = '127.0.0.1', port }: { readonly host?: string; readonly port: number }) {
  const options = amtOptions.parse({ user: 'admin', tls: false });
  const secret = () => Promise.resolve(new Secret('demo'));
  return { computer: 'lab-01', host, port, isPortGiven: true, options, secret };
}

function deadline(): AbortSignal {
  return AbortSignal.timeout(10_000);
}
