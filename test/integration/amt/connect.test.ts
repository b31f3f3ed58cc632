import { expect, test } from 'vitest';
import type { Asks } from '../../../src/base/frontend';
import { Secret } from '../../../src/base/secret';
import { powerStatus } from '../../../src/operations/power/status';
import { type AmtDeviceOptions, AmtSimulator, type SimulatedAmt } from '../../../src/simulators/amt/simulator';
import { amt } from '../../../src/technologies/amt/amt';
import type { AmtClient } from '../../../src/technologies/amt/client';
import { type AmtOptions, amtOptions } from '../../../src/technologies/amt/options';
import type { Pins } from '../../../src/technologies/technology';
import type { HttpTransport } from '../../../src/transport/http';
import { httpTransport } from '../../../src/transport/httpClient';
import { startAmt } from '../../fakes/amtDevice';
import { memoryCache } from '../../fakes/cache';
import { fakeSurroundings } from '../../fakes/technology';
import { TcpServer } from '../../peers/tcpServer';

const deadline = (): AbortSignal => AbortSignal.timeout(10_000);
const otherFingerprint = '00'.repeat(32);

interface Site extends AsyncDisposable {
  readonly device: SimulatedAmt;
  /** What was opened: `tls` or `clear`. */
  readonly opened: string[];
  readonly pinned: Map<string, string>;
  open(access?: Partial<AmtOptions>, asks?: Asks): Promise<AmtClient>;
}

/** A device whose ports are reached as 16992 and 16993. */
async function site(options: AmtDeviceOptions = {}): Promise<Site> {
  const simulator = await AmtSimulator.start({ devices: [options] });
  const [device] = simulator.devices;
  if (!device) throw new Error('no device');
  const opened: string[] = [];
  const http: HttpTransport = {
    open(to) {
      opened.push(to.tls ? 'tls' : 'clear');
      // A port that nothing listens on is refused.
      return httpTransport.open({ ...to, port: (to.tls ? device.tlsPort : device.port) || 1 });
    },
  };
  const pinned = new Map<string, string>();
  const pins: Pins = {
    get: (host) => pinned.get(host),
    pin: (host, _, fingerprint) => Promise.resolve(void pinned.set(host, fingerprint)),
  };
  const surroundings = fakeSurroundings({ http, pins, cache: memoryCache() });
  return {
    device,
    opened,
    pinned,
    open: (access = {}, asks) => {
      const endpoint = {
        computer: 'lab-01',
        host: device.address,
        port: 16993,
        isPortGiven: false,
        options: amtOptions.parse({ user: 'admin', ...access }),
        secret: () => Promise.resolve(new Secret('demo')),
        ...(asks && { asks }),
      };
      return amt.open(endpoint, surroundings, deadline());
    },
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  };
}

const believes: Asks = { trust: () => Promise.resolve(true) };
const doubts: Asks = { trust: () => Promise.resolve(false) };

test('of both ports the one with TLS is taken, and its certificate pinned on the user’s word', async () => {
  await using both = await site();
  await using client = await both.open({}, believes);
  expect(client).toMatchObject({ address: { port: 16993, tls: 'tls' }, version: '15.0.23.1706' });
  expect(await client.readPower(deadline())).toMatchObject({ state: 'on' });
  expect(both.pinned.get('127.0.0.1')).toMatch(/^[0-9a-f]{64}$/);
  await using again = await both.open();
  expect(again.address.tls).toBe('tls');
});

test('a device without TLS is reached in clear, and the next time there alone', async () => {
  await using plain = await site({ ports: 'plain' });
  await using client = await plain.open();
  expect(client.address).toEqual({ port: 16992, tls: 'clear' });
  expect(plain.opened.sort()).toEqual(['clear', 'tls']);
  await using again = await plain.open();
  expect(again.address.tls).toBe('clear');
  expect(plain.opened).toHaveLength(3);
});

test('a certificate that nobody vouches for is no reason to go on in clear', async () => {
  await using both = await site();
  await expect(both.open()).rejects.toMatchObject({ code: 'tls.unknown', effect: 'none' });
  await expect(both.open({}, doubts)).rejects.toMatchObject({ code: 'tls.unknown' });
  expect(both.device.counters.loginsRejected).toBe(0);
  expect(both.pinned.size).toBe(0);
});

test('where a certificate is pinned, nothing but TLS will do', async () => {
  await using plain = await site({ ports: 'plain' });
  plain.pinned.set('127.0.0.1', otherFingerprint);
  await expect(plain.open({}, believes)).rejects.toMatchObject({ code: 'connect.refused' });
  await expect(plain.open({ fingerprint: otherFingerprint })).rejects.toMatchObject({ code: 'connect.refused' });
  await expect(plain.open({ trust: 'ca' })).rejects.toMatchObject({ code: 'connect.refused' });
  expect(plain.opened).toEqual(['tls', 'tls', 'tls']);
});

test('a certificate that has changed stops, without a question', async () => {
  await using both = await site();
  both.pinned.set('127.0.0.1', otherFingerprint);
  await expect(both.open({}, believes)).rejects.toMatchObject({ code: 'tls.changed' });
  expect(both.pinned.get('127.0.0.1')).toBe(otherFingerprint);
});

test('TLS that is too old needs its word, and is no reason to go on in clear', async () => {
  await using old = await site({ profile: '9.1', ports: 'both' });
  await expect(old.open({}, believes)).rejects.toMatchObject({
    code: 'tls.failed',
    hint: expect.stringContaining('legacy: true') as string,
  });
  await using client = await old.open({ legacy: true }, believes);
  expect(client).toMatchObject({ address: { tls: 'tls' }, version: '9.1.45.3000' });
});

test('a profile says TLS or clear, and nothing else is tried', async () => {
  await using both = await site();
  await using inClear = await both.open({ tls: false });
  expect(inClear.address).toEqual({ port: 16992, tls: 'clear' });
  await using secure = await both.open({ tls: true }, believes);
  expect(secure.address).toEqual({ port: 16993, tls: 'tls' });
  expect(both.opened).toEqual(['clear', 'tls', 'tls']);
});

test('of a single port it is found out whether it speaks TLS', async () => {
  await using simulator = await AmtSimulator.start({ devices: [{}] });
  const [device] = simulator.devices;
  const open = (port = 0, asks?: Asks): Promise<AmtClient> =>
    amt.open(
      {
        computer: 'lab-01',
        host: '127.0.0.1',
        port,
        isPortGiven: true,
        options: amtOptions.parse({ user: 'admin' }),
        secret: () => Promise.resolve(new Secret('demo')),
        ...(asks && { asks }),
      },
      fakeSurroundings({ http: httpTransport, cache: memoryCache() }),
      deadline(),
    );
  await using inClear = await open(device?.port);
  expect(inClear.address.tls).toBe('clear');
  await using secure = await open(device?.tlsPort, believes);
  expect(secure.address.tls).toBe('tls');
});

test('a wrong password is tried once over several operations', async () => {
  await using device = await startAmt({ access: { user: 'nobody' } });
  for (const _ of [1, 2, 3]) {
    expect(await device.run(powerStatus)).toMatchObject({
      outcome: 'failed',
      error: { code: 'auth.rejected', message: 'lab-01: the login as nobody was rejected' },
    });
  }
  expect(device.simulator.counters.loginsRejected).toBe(1);
});

test('a locked account is no reason to try again', async () => {
  await using device = await startAmt();
  device.simulator.lockAccount();
  expect(await device.run(powerStatus)).toMatchObject({
    error: { code: 'auth.rejected', hint: expect.stringContaining('locks the account for a while') as string },
  });
  expect(device.simulator.counters.loginsRejected).toBe(1);
});

test.each(['auth', 'auth,auth-int', 'auth-int'] as const)(
  'logs in with qop %s, and again when a nonce is stale',
  async (qop) => {
    await using device = await startAmt({ qop });
    expect(await device.run(powerStatus)).toMatchObject({ outcome: 'done' });
    device.simulator.faults.staleNonce();
    expect(await device.run(powerStatus)).toMatchObject({ outcome: 'done' });
    expect(device.simulator.counters.loginsRejected).toBe(0);
  },
);

test('torn, slow and closed connections are read all the same', async () => {
  await using device = await startAmt({ profile: '16.1', delayMs: 5 });
  device.simulator.faults.closeAfterEveryAnswer = true;
  device.simulator.faults.tearChunks();
  expect(await device.run(powerStatus)).toMatchObject({ outcome: 'done' });
  expect(await device.run(powerStatus)).toMatchObject({ outcome: 'done' });
});

test('a web server of something else is not AMT', async () => {
  await using server = await TcpServer.start((socket) => {
    socket.on('data', () => {
      socket.end('HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: 0\r\n\r\n');
    });
  });
  const options = amtOptions.parse({ user: 'admin', tls: false });
  const secret = () => Promise.reject(new Error('no secret is asked for'));
  const endpoint = { computer: 'lab-01', host: '127.0.0.1', port: server.port, isPortGiven: true, options, secret };
  const surroundings = fakeSurroundings({ http: httpTransport });
  await expect(amt.open(endpoint, surroundings, deadline())).rejects.toMatchObject({
    code: 'amt.absent',
    message: `lab-01: port ${server.port} answers HTTP 200 of nginx, not as Intel AMT does`,
  });
});

test('who stays silent lets the next computer begin', async () => {
  await using server = await TcpServer.start(() => undefined);
  const silence = Promise.withResolvers<undefined>();
  const stop = new AbortController();
  const endpoint = {
    computer: 'lab-01',
    host: '127.0.0.1',
    port: server.port,
    isPortGiven: true,
    options: amtOptions.parse({ user: 'admin', tls: false }),
    secret: () => Promise.resolve(new Secret('demo')),
    onSilence: () => {
      silence.resolve(undefined);
    },
  };
  const opening = amt.open(endpoint, fakeSurroundings({ http: httpTransport }), stop.signal);
  await silence.promise;
  stop.abort();
  await expect(opening).rejects.toMatchObject({ code: 'run.cancelled', effect: 'none' });
});
