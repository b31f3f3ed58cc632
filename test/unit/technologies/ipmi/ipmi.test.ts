import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Secret } from '../../../../src/base/secret';
import { ipmi } from '../../../../src/technologies/ipmi/ipmi';
import type { IpmiOptions } from '../../../../src/technologies/ipmi/options';
import type { Endpoint } from '../../../../src/technologies/technology';
import { fakeSurroundings } from '../../../fakes/technology';
import { ScriptedBmc } from '../../protocols/ipmi/bmc';
import { errorOf, never, passTime } from '../../protocols/ipmi/link';
import { capabilitiesOf20, FakeUdp, type Host, pongWithIpmi, pongWithoutIpmi } from './fakeUdp';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function endpointWith(
  options: Record<string, unknown> = {},
  endpoint: Partial<Endpoint<IpmiOptions>> = {},
): Endpoint<IpmiOptions> {
  return {
    computer: 'lab-01',
    host: 'bmc.example',
    port: 623,
    isPortGiven: false,
    options: ipmi.options.parse({ user: 'admin', ...options }),
    secret: () => Promise.resolve(new Secret('secret')),
    ...endpoint,
  };
}

describe('open', () => {
  test('gives a client that reads and closes', async () => {
    const bmc = new ScriptedBmc();
    const udp = new FakeUdp({ bmc });
    const client = await passTime(ipmi.open(endpointWith(), fakeSurroundings({ udp }), never));
    await expect(passTime(client.readPower(never))).resolves.toEqual({ state: 'on' });
    await expect(passTime(client.deviceId(never))).resolves.toMatchObject({ productId: 0x0100 });
    await expect(passTime(client.systemGuid(never))).resolves.toHaveLength(36);
    await expect(passTime(client.requestPower('off', never))).resolves.toEqual({ confirmed: true });
    await expect(passTime(client.readPower(never))).resolves.toEqual({ state: 'off' });
    await passTime(client[Symbol.asyncDispose]());
    expect(bmc).toMatchObject({ openSessions: 0, executed: [0] });
    expect(udp).toMatchObject({ listeners: 0, knocks: 0 });
  });

  test('remembers that a controller takes suite 3 only', async () => {
    const bmc = new ScriptedBmc({ suites: [3] });
    const udp = new FakeUdp({ bmc });
    const endpoint = endpointWith({}, { port: 9001 });
    for (const logins of [['open', 'open'], ['open']]) {
      bmc.log.length = 0;
      const client = await passTime(ipmi.open(endpoint, fakeSurroundings({ udp }), never));
      await passTime(client[Symbol.asyncDispose]());
      expect(bmc.log).toEqual([...logins, 'rakp1', 'rakp3', '06 3c']);
    }
  });

  test.each<[string, Host, string]>([
    ['a closed port', { deadEnd: 'refused' }, 'connect.refused'],
    ['an address without a route', { deadEnd: 'unreachable' }, 'connect.unreachable'],
  ])('%s ends it within a second', async (_, host, code) => {
    const began = Date.now();
    const udp = new FakeUdp(host);
    const error = await errorOf(ipmi.open(endpointWith(), fakeSurroundings({ udp }), never));
    expect(error).toMatchObject({ code, message: expect.stringMatching(/^lab-01: /) as string });
    expect(Date.now() - began).toBeLessThan(1000);
    expect(udp.listeners).toBe(0);
  });

  test('silence is told at once, and ends it within seven seconds', async () => {
    const onSilence = vi.fn();
    const began = Date.now();
    const error = errorOf(
      ipmi.open(endpointWith({}, { onSilence }), fakeSurroundings({ udp: new FakeUdp({}) }), never),
    );
    await vi.advanceTimersByTimeAsync(500);
    expect(onSilence).toHaveBeenCalledOnce();
    expect(await error).toMatchObject({ code: 'connect.timeout' });
    expect(Date.now() - began).toBeLessThan(7000);
    expect(onSilence).toHaveBeenCalledOnce();
  });

  test('a password longer than IPMI has room for is not sent', async () => {
    const bmc = new ScriptedBmc();
    const secret = (): Promise<Secret> => Promise.resolve(new Secret('p'.repeat(21)));
    const error = await errorOf(
      ipmi.open(endpointWith({}, { secret }), fakeSurroundings({ udp: new FakeUdp({ bmc }) }), never),
    );
    expect(error).toMatchObject({ code: 'auth.rejected' });
    expect(String(error)).not.toContain('ppp');
    expect(bmc.log).toEqual([]);
  });
});

describe('check', () => {
  const healthy = { pong: pongWithIpmi, capabilities: capabilitiesOf20 };
  const stagesOf = async (
    host: Host,
    options = {},
    endpoint: Partial<Endpoint<IpmiOptions>> = {},
  ): Promise<unknown> => {
    const diagnosis = await passTime(
      ipmi.check(endpointWith(options, endpoint), fakeSurroundings({ udp: new FakeUdp(host) }), never),
    );
    return [
      diagnosis.ok,
      diagnosis.stages.map(({ title, ok }) => `${title} ${ok ? 'ok' : 'failed'}`).join(', '),
      diagnosis.cause?.code,
    ];
  };

  test('a healthy controller passes every stage and is left without a session', async () => {
    const bmc = new ScriptedBmc();
    await expect(stagesOf({ bmc, ...healthy })).resolves.toEqual([
      true,
      'Name ok, Controller ok, Login ok, Privilege ok',
      undefined,
    ]);
    expect(bmc.openSessions).toBe(0);
  });

  test.each<[string, Host, string, string]>([
    ['refuses datagrams', { deadEnd: 'refused' }, 'Name ok, Controller failed', 'connect.refused'],
    ['has no route', { deadEnd: 'unreachable' }, 'Name ok, Controller failed', 'connect.unreachable'],
    ['is silent', {}, 'Name ok, Controller failed', 'connect.timeout'],
    ['pongs without IPMI', { pong: pongWithoutIpmi }, 'Name ok, Controller failed', 'ipmi.absent'],
    ['pongs only', { pong: pongWithIpmi }, 'Name ok, Controller failed', 'ipmi.not-configured'],
    [
      'speaks 1.5 only',
      { capabilities: answerOutside('200038000117060000000000') },
      'Name ok, Controller failed',
      'ipmi.version',
    ],
    [
      'refuses the question for 2.0',
      { capabilities: answerOutside('200038cc') },
      'Name ok, Controller failed',
      'ipmi.version',
    ],
    ['opens no session', healthy, 'Name ok, Controller ok, Login failed', 'ipmi.not-configured'],
    [
      'does not ping',
      { bmc: new ScriptedBmc({ user: 'root' }), capabilities: capabilitiesOf20 },
      'Name ok, Controller ok, Login failed',
      'auth.user',
    ],
    [
      'has another password',
      { bmc: new ScriptedBmc({ password: 'other' }), ...healthy },
      'Name ok, Controller ok, Login failed',
      'auth.rejected',
    ],
    [
      'limits the user',
      { bmc: new ScriptedBmc({ limit: 2 }), ...healthy },
      'Name ok, Controller ok, Login failed',
      'access.privilege',
    ],
    [
      'has no room',
      { bmc: new ScriptedBmc({ suites: [], refusal: 0x01 }), ...healthy },
      'Name ok, Controller ok, Login failed',
      'ipmi.busy',
    ],
    [
      'refuses every suite',
      { bmc: new ScriptedBmc({ suites: [] }), ...healthy },
      'Name ok, Controller ok, Login failed',
      'ipmi.cipher',
    ],
    [
      'refuses the privilege',
      { bmc: new ScriptedBmc({ completionCodes: { '06 3b': [0x81] } }), ...healthy },
      'Name ok, Controller ok, Login ok, Privilege failed',
      'access.privilege',
    ],
  ])('a host that %s', async (_, host, stages, code) => {
    await expect(stagesOf(host)).resolves.toEqual([false, stages, code]);
  });

  test('a name that does not resolve', async () => {
    await expect(stagesOf({}, {}, { host: 'nosuch.example' })).resolves.toEqual([false, 'Name failed', 'dns.failed']);
  });

  test('a rejected password on a controller with two-key login may be the BMC key', async () => {
    const capabilities = answerOutside('200038000197260300000000');
    await expect(stagesOf({ bmc: new ScriptedBmc({ password: 'other' }), capabilities })).resolves.toEqual([
      false,
      'Name ok, Controller ok, Login failed',
      'ipmi.bmc-key',
    ]);
  });

  test('says which suites the controller lists when it refuses ours', async () => {
    const cipherSuites = answerOutside('2000540001c003014181');
    const udp = new FakeUdp({ bmc: new ScriptedBmc({ suites: [3] }), ...healthy, cipherSuites });
    const diagnosis = await passTime(ipmi.check(endpointWith({ cipherSuite: 17 }), fakeSurroundings({ udp }), never));
    expect(diagnosis.cause).toMatchObject({
      code: 'ipmi.cipher',
      message: expect.stringContaining('it lists 3') as string,
    });
  });

  test('logs in once', async () => {
    const bmc = new ScriptedBmc({ password: 'other' });
    await stagesOf({ bmc, ...healthy });
    expect(bmc.log.filter((line) => line === 'rakp1')).toHaveLength(1);
  });
});

describe('options', () => {
  test('have defaults', () => {
    expect(ipmi.options.parse({ user: 'admin' })).toEqual({
      user: 'admin',
      port: 623,
      privilege: 'operator',
      allowInsecure: false,
    });
  });

  test.each([
    [{}],
    [{ user: '' }],
    [{ user: 'a'.repeat(17) }],
    [{ user: 'é'.repeat(9) }],
    [{ user: 'admin', cipherSuite: 0 }],
    [{ user: 'admin', cipherSuite: 16 }],
    [{ user: 'admin', cipherSuite: 8 }],
    [{ user: 'admin', privilege: 'oem' }],
    [{ user: 'admin', password: 'x' }],
  ])('%j is refused', (options) => {
    expect(ipmi.options.safeParse(options).success).toBe(false);
  });

  test('insecure suites need the word', () => {
    expect(ipmi.options.safeParse({ user: 'admin', cipherSuite: 0, allowInsecure: true }).success).toBe(true);
  });
});

/** An answer of network function 07h outside a session, from the responder's address to the data. */
function answerOutside(body: string): string {
  const sum = Buffer.from(body, 'hex').reduce((total, byte) => total + byte, 0);
  const message = `811c63${body}${(-sum & 0xff).toString(16).padStart(2, '0')}`;
  return `0600ff07000000000000000000${(message.length / 2).toString(16).padStart(2, '0')}${message}`;
}
