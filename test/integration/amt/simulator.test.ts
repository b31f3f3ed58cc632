import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { publicTestCertificate, publicTestKey } from '../../../src/simulators/amt/certificate';
import { eventLog } from '../../../src/simulators/amt/classes/eventLog';
import { AmtSimulator, type AmtDeviceOptions, type SimulatedAmt } from '../../../src/simulators/amt/simulator';
import { ask, authorize, call, envelope, getChassis, post, RawConsole, transferGet } from './rawConsole';

const recording = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/amt/http/${name}`, import.meta.url)), 'latin1');
const enumerate = envelope(
  'CIM_SoftwareIdentity',
  'http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate',
  '<n:Enumerate xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"/>',
);
const powerOff = call(
  'CIM_PowerManagementService',
  'RequestPowerStateChange',
  '<r:PowerState>8</r:PowerState><r:ManagedElement><a:Address>default</a:Address><a:ReferenceParameters>' +
    '<w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ComputerSystem</w:ResourceURI><w:SelectorSet>' +
    '<w:Selector Name="Name">ManagedSystem</w:Selector></w:SelectorSet></a:ReferenceParameters></r:ManagedElement>',
);

async function start(options: AmtDeviceOptions = {}): Promise<AsyncDisposable & { readonly device: SimulatedAmt }> {
  const simulator = await AmtSimulator.start({ devices: [options] });
  return { device: simulator.devices[0]!, [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose]() };
}

async function challengeOf(device: SimulatedAmt) {
  using console = await RawConsole.connect(device);
  console.write(post(getChassis));
  return (await console.read())!;
}

describe('equal to the recorded bytes, but for what each device and message has of its own', () => {
  const valuesOf = (bytes: string): Record<string, string> => ({
    realm: /st:[0-9A-F]{32}/.exec(bytes)?.[0] ?? '', // the chunk's border may be before it
    nonce: /nonce="[\w+/]{32}"/.exec(bytes)?.[0] ?? '',
    date: /Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/.exec(bytes)?.[0] ?? '',
    server: /Technology [\d.]+/.exec(bytes)?.[0] ?? '',
    context: /[0-9A-F]{8}(?=-0000-0000-0000-000000000000)/.exec(bytes)?.[0] ?? '',
    messageId: /8086-[0-9A-F]{12}/.exec(bytes)?.[0] ?? '',
  });
  /** The recording with the values of this device in the places of its own. */
  const adapted = (name: string, ours: string): string => {
    const theirs = valuesOf(recording(name));
    return Object.entries(valuesOf(ours)).reduce(
      (text, [key, value]) => (value === '' ? text : text.split(theirs[key]!).join(value)),
      recording(name),
    );
  };

  test('401', async () => {
    await using one = await start();
    const { bytes } = await challengeOf(one.device);
    expect(bytes).toBe(adapted('401-amt11.8.50.http', bytes));
    expect(bytes).toMatch(/", nonce="[\w+/]{32}",stale="false",qop="auth"\r\n/);
  });

  test.each([
    ['200-chunked-get-generalsettings-amt15.0.23.http', envelope('AMT_GeneralSettings', transferGet)],
    ['200-chunked-enumerate-softwareidentity-amt15.0.23.http', enumerate],
  ])('%s', async (name, body) => {
    await using one = await start();
    const { bytes } = (await ask(one.device, body))!;
    expect(bytes).toBe(adapted(name, bytes));
    expect(valuesOf(bytes).date).toMatch(/GMT$/);
  });
});

describe('logins', () => {
  test('after a 401 the connection is closed, or kept where the device is told so', async () => {
    await using closing = await start();
    using first = await RawConsole.connect(closing.device);
    first.write(post(getChassis));
    expect(await first.readToEnd()).toContain('Connection: close\r\n');

    await using keeping = await start({ afterRejection: 'keep' });
    using second = await RawConsole.connect(keeping.device);
    second.write(post(getChassis));
    const challenge = await second.read();
    expect(challenge!.head).not.toContain('Connection');
    second.write(post(getChassis, authorize(challenge!)));
    expect((await second.read())!.status).toBe(200);
    expect(keeping.device.counters.connections).toBe(1);
  });

  test.each([
    { profile: '15.0', nc: '1', status: 200 },
    { profile: '16.1', nc: '1', status: 401 },
    { profile: '16.1', nc: '0000000A', status: 200 },
    { profile: '15.0', nc: 'nothing', status: 401 },
  ] as const)('AMT $profile answers the nonce count $nc with $status', async ({ profile, nc, status }) => {
    await using one = await start({ profile });
    expect((await ask(one.device, getChassis, { nc }))!.status).toBe(status);
  });

  test('a nonce serves again with the next count, on another connection too; the same count is one too old', async () => {
    await using one = await start();
    const challenge = await challengeOf(one.device);
    const send = async (nc: string) => {
      using console = await RawConsole.connect(one.device);
      console.write(post(getChassis, authorize(challenge, { nc })));
      return (await console.read())!;
    };
    expect((await send('00000001')).status).toBe(200);
    expect((await send('00000002')).status).toBe(200);
    const replayed = await send('00000002');
    expect(replayed.status).toBe(401);
    expect(replayed.head).toContain('stale="true"');
    expect(one.device.counters.loginsRejected).toBe(0);
  });

  test('a stale nonce is no wrong password', async () => {
    await using one = await start();
    one.device.faults.staleNonce();
    expect((await ask(one.device, getChassis))!.head).toContain('stale="true"');
    expect((await ask(one.device, getChassis))!.status).toBe(200);
    expect(one.device.counters.loginsRejected).toBe(0);
  });

  test('ten wrong passwords lock everybody out for a while, and stand in the event log', async () => {
    await using one = await start();
    eventLog(one.device.device).clear();
    for (let tries = 0; tries < 9; tries++) await ask(one.device, getChassis, { password: 'wrong' });
    expect((await ask(one.device, getChassis))!.status).toBe(200); // counts from the beginning again
    for (let tries = 0; tries < 10; tries++) await ask(one.device, getChassis, { password: 'wrong' });
    expect((await ask(one.device, getChassis))!.status).toBe(401);
    expect(one.device.counters.loginsRejected).toBe(20);
    const [record] = eventLog(one.device.device).records;
    expect(record!.subarray(4).toString('hex')).toBe('ff066f056810ff2661aa0a000000000000');

    one.device.unlockAccount();
    expect((await ask(one.device, getChassis))!.status).toBe(200);
    one.device.lockAccount();
    expect((await ask(one.device, getChassis))!.status).toBe(401);
  });
});

test('an account without the realm is refused by a fault, or by HTTP alone', async () => {
  const accounts = [{ name: 'reader', password: 'secret', realms: [4] }];
  const reader = { user: 'reader', password: 'secret' };
  await using one = await start({ accounts });
  expect((await ask(one.device, getChassis, reader))!.status).toBe(200);
  expect((await ask(one.device, powerOff, reader))!.body).toContain('e:AccessDenied');
  await using another = await start({ accounts, withoutRealm: '403' });
  expect(await ask(another.device, powerOff, reader)).toMatchObject({ status: 403, body: '' });
});

describe('pages', () => {
  test.each([
    ['GET / HTTP/1.1', 303],
    ['GET /logon.htm HTTP/1.1', 200],
    ['GET /index.htm HTTP/1.1', 401],
    ['GET /wsman HTTP/1.1', 401],
    ['DELETE /wsman HTTP/1.1', 405],
    ['nonsense', 400],
    ['GET / HTTP/2.0', 400],
  ])('%s: %i, and says the version', async (line, status) => {
    await using one = await start({ profile: '12.0' });
    using console = await RawConsole.connect(one.device);
    console.write(`${line}\r\nHost: amt\r\n\r\n`);
    const reply = (await console.read())!;
    expect(reply.status).toBe(status);
    expect(reply.head).toContain('Server: Intel(R) Active Management Technology 12.0.67.1579');
  });
});

describe('faults', () => {
  test('a lost answer: the request has been carried out once', async () => {
    await using one = await start();
    one.device.faults.loseAnswerTo('RequestPowerStateChange');
    expect(await ask(one.device, powerOff)).toBeUndefined();
    expect(one.device.device.machine.power).toBe(8);
    expect(one.device.calls).toHaveLength(1);
    expect((await ask(one.device, getChassis))!.status).toBe(200);
  });

  test('only the named class loses its answer', async () => {
    await using one = await start();
    one.device.faults.loseAnswerTo('CIM_Card.Get');
    expect((await ask(one.device, getChassis))!.status).toBe(200);
    expect(await ask(one.device, envelope('CIM_Card', transferGet))).toBeUndefined();
    expect((await ask(one.device, envelope('CIM_Card', transferGet)))!.status).toBe(200);
  });

  test('torn answers are whole in the end', async () => {
    await using one = await start();
    const whole = (await ask(one.device, getChassis))!.body;
    one.device.faults.tearChunks(1);
    one.device.faults.tearChunks(3);
    const torn = (await ask(one.device, getChassis))!.body;
    expect(torn.replace(/8086-[0-9A-F]{12}/, '')).toBe(whole.replace(/8086-[0-9A-F]{12}/, ''));
  });

  test('busy, closing after every answer, slow', async () => {
    await using one = await start({ delayMs: 5 });
    one.device.faults.busy();
    expect((await ask(one.device, getChassis))!.body).toContain('e:QuotaLimit');
    one.device.faults.closeAfterEveryAnswer = true;
    const challenge = await challengeOf(one.device);
    using console = await RawConsole.connect(one.device);
    console.write(post(getChassis, authorize(challenge)));
    expect(await console.readToEnd()).toMatch(/\r\n0\r\n\r\n$/);
  });

  test('an idle connection is closed', async () => {
    await using one = await start({ idleMs: 1 });
    using console = await RawConsole.connect(one.device);
    expect(await console.readToEnd()).toBe('');
  });

  test('a silent device takes requests', async () => {
    await using one = await start();
    one.device.faults.isSilent = true;
    using console = await RawConsole.connect(one.device);
    console.write(post(getChassis));
    one.device.faults.isSilent = false;
    expect((await challengeOf(one.device)).status).toBe(401);
  });
});

describe('hostile requests', () => {
  test.each([
    ['a head without an end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(9000)}`],
    ['a long body', 'POST /wsman HTTP/1.1\r\nContent-Length: 70000\r\n\r\n'],
    ['a length that is none', 'POST /wsman HTTP/1.1\r\nContent-Length: -1\r\n\r\n'],
    ['a chunk without a size', 'POST /wsman HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['a chunk that is too long', 'POST /wsman HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n'],
    ['bytes', Buffer.from([0, 255, 13, 10, 13, 10])],
  ])('%s: 400 without a body, and the next is served', async (_, bytes) => {
    await using one = await start();
    using console = await RawConsole.connect(one.device);
    console.write(bytes);
    const reply = await console.readToEnd();
    expect(reply).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(reply).toMatch(/Content-Length: 0\r\nConnection: close\r\n\r\n$/);
    expect((await ask(one.device, getChassis))!.status).toBe(200);
  });

  test.each([
    ['no XML', 'hello'],
    ['an entity', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['no envelope', '<a/>'],
    ['deep', '<a>'.repeat(200) + '</a>'.repeat(200)],
  ])('%s instead of an envelope: 400 without one', async (_, body) => {
    await using one = await start();
    expect(await ask(one.device, body)).toMatchObject({ status: 400, body: '' });
    expect(one.device.device.errors).toEqual([]);
  });

  test('a request may be cut anywhere', async () => {
    await using one = await start();
    const challenge = await challengeOf(one.device);
    using console = await RawConsole.connect(one.device);
    const request = post(getChassis, authorize(challenge));
    for (const byte of request.slice(0, 300)) {
      console.write(byte);
      await new Promise(setImmediate);
    }
    console.write(request.slice(300));
    expect((await console.read())!.status).toBe(200);
  });
});

describe('TLS and the ends of it', () => {
  test('each kind of device has its listeners and versions', async () => {
    await using simulator = await AmtSimulator.start({
      devices: [{ profile: '9.1' }, { profile: '15.0' }, { profile: '16.1' }, { profile: '9.1', ports: 'tls' }],
    });
    const [plain, both, secure, old] = simulator.devices;
    expect([plain!.port > 0, plain!.tlsPort > 0]).toEqual([true, false]);
    expect([both!.port > 0, both!.tlsPort > 0]).toEqual([true, true]);
    expect([secure!.port > 0, secure!.tlsPort > 0]).toEqual([false, true]);
    expect((await ask(secure!, getChassis))!.status).toBe(200);
    await expect(RawConsole.connectTls(old!, { minVersion: 'TLSv1.2' })).rejects.toThrow();
    using console = await RawConsole.connectTls(old!, {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    console.write(post(getChassis));
    expect((await console.read())!.status).toBe(401);
    expect(old!.counters.tlsHandshakes).toBe(1);
    expect(secure!.counters).toMatchObject({ connections: 2, tlsHandshakes: 2, requests: 2 });
  });

  test('with authorities for clients it serves only who has a certificate of theirs', async () => {
    await using one = await start({ ports: 'tls', clientAuthorities: publicTestCertificate });
    await expect(RawConsole.connectTls(one.device)).rejects.toThrow('handshake failure');
    expect(one.device.counters).toMatchObject({ tlsHandshakes: 0, requests: 0 });

    using known = await RawConsole.connectTls(one.device, { cert: publicTestCertificate, key: publicTestKey });
    known.write(post(getChassis));
    expect((await known.read())!.status).toBe(401);
  });

  test('unprovisioning answers, and then nothing listens', async () => {
    await using one = await start();
    using idle = await RawConsole.connect(one.device);
    const unprovision = call(
      'AMT_SetupAndConfigurationService',
      'Unprovision',
      '<r:ProvisioningMode>1</r:ProvisioningMode>',
    );
    expect((await ask(one.device, unprovision))!.body).toContain('<g:ReturnValue>0</g:ReturnValue>');
    expect(await idle.readToEnd()).toBe('');
    await expect(RawConsole.connect(one.device)).rejects.toThrow('ECONNREFUSED');
    await expect(RawConsole.connectTls(one.device)).rejects.toThrow('ECONNREFUSED');
    expect(one.device.device.isProvisioned).toBe(false);
  });

  test('a device that was never set up does not listen either', async () => {
    await using one = await start({ isProvisioned: false });
    await expect(RawConsole.connect(one.device)).rejects.toThrow('ECONNREFUSED');
  });

  test('the end of the simulator closes what is open', async () => {
    const simulator = await AmtSimulator.start();
    using console = await RawConsole.connect(simulator.devices[0]!);
    await simulator[Symbol.asyncDispose]();
    expect(await console.readToEnd()).toBe('');
    expect(simulator.openConnections).toBe(0);
  });

  test('addresses instead of ports', async () => {
    await using simulator = await AmtSimulator.start({ devices: [{}, {}], layout: 'addresses', net: 23 });
    const [first, second] = simulator.devices;
    expect([first!.address, second!.address]).toEqual(['127.23.0.1', '127.23.0.2']);
    expect(second!.port).toBe(first!.port);
    expect(second!.tlsPort).toBe(first!.tlsPort);
    expect((await ask(second!, getChassis))!.status).toBe(200);
    expect(first!.counters.requests).toBe(0);
  });
});
