import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { getChassisStatus } from '../../../../src/protocols/ipmi/commands/getChassisStatus';
import { getDeviceId } from '../../../../src/protocols/ipmi/commands/getDeviceId';
import { getSystemGuid } from '../../../../src/protocols/ipmi/commands/getSystemGuid';
import { type BmcQuirks, ScriptedBmc } from './bmc';
import { connectTo, errorOf, type Fate, type Link, loginWith, losing, lossy, never, passTime } from './link';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const typeOf = (datagram: Uint8Array): number => datagram[5]! & 0x3f;

async function openTo(bmc: ScriptedBmc, fate?: Fate, ...suites: (3 | 17)[]): Promise<Link> {
  const link = connectTo(bmc, fate, loginWith(suites.length > 0 ? suites : [17, 3]));
  await passTime(link.session.open(never));
  return link;
}

/** Picks the nth datagram of a payload type, from 1, in one direction. */
function nth(type: number, ...which: number[]): (datagram: Uint8Array) => boolean {
  let seen = 0;
  return (datagram) => typeOf(datagram) === type && which.includes(++seen);
}

describe('login', () => {
  test('a power status costs five requests', async () => {
    const bmc = new ScriptedBmc();
    const { session, sent } = await openTo(bmc);
    await expect(passTime(session.run(getChassisStatus, undefined, never))).resolves.toMatchObject({ poweredOn: true });
    await passTime(session.close());
    expect(bmc.log).toEqual(['open', 'rakp1', 'rakp3', '00 01', '06 3c']);
    expect(sent).toHaveLength(5);
    expect(bmc.openSessions).toBe(0);
  });

  test.each<[string, Partial<BmcQuirks>, number]>([
    ['is refused as no matching suite', { suites: [3], refusal: 0x11 }, 2],
    ['is refused as an authentication algorithm', { suites: [3], refusal: 0x04 }, 2],
    ['is refused as an illegal parameter', { suites: [3], refusal: 0x12 }, 2],
    ['is ignored', { suites: [3], refusal: 'silence' }, 3],
  ])('suite 3 serves when 17 %s', async (_, quirks, requests) => {
    const bmc = new ScriptedBmc(quirks);
    const link = connectTo(bmc);
    await expect(passTime(link.session.open(never))).resolves.toMatchObject({ id: 3 });
    expect(bmc.log.filter((line) => line === 'open')).toHaveLength(requests);
    await passTime(link.session.close());
    expect(bmc.openSessions).toBe(0);
  });

  test('nothing below suite 3 is offered', async () => {
    const { session, sent } = connectTo(new ScriptedBmc({ suites: [] }));
    expect(await errorOf(session.open(never))).toMatchObject({ code: 'ipmi.cipher', details: { deviceCode: '11h' } });
    expect(sent.map((datagram) => datagram[16 + 12])).toEqual([3, 1]);
  });

  test('a suite of the profile that is ignored while another would be taken', async () => {
    const bmc = new ScriptedBmc({ suites: [3], refusal: 'silence' });
    const { session } = connectTo(bmc, undefined, loginWith([17]));
    expect(await errorOf(session.open(never))).toMatchObject({
      code: 'ipmi.cipher',
      message: expect.stringContaining('takes 3') as string,
    });
    expect(bmc.sessions.size).toBe(0);
  });

  test('a silent controller is given up within seven seconds, and its silence is told once and early', async () => {
    const link = connectTo(new ScriptedBmc(), () => []);
    const began = Date.now();
    const error = errorOf(link.session.open(never));
    await vi.advanceTimersByTimeAsync(600);
    expect(link.silences).toBe(1);
    expect(await error).toMatchObject({ code: 'connect.timeout' });
    expect(Date.now() - began).toBeLessThan(7000);
    expect(link.silences).toBe(1);
  });

  test.each([
    ['Open Session', 0x10],
    ['RAKP message 1', 0x12],
    ['RAKP message 3', 0x14],
  ])('%s is repeated as the same datagram', async (_, type) => {
    const link = await openTo(new ScriptedBmc(), losing(nth(type, 1)));
    const repeated = link.sent.filter((datagram) => typeOf(datagram) === type);
    expect(repeated).toHaveLength(2);
    expect(repeated[1]).toEqual(repeated[0]);
  });

  test.each(['answer', 'ignore', 'refuse'] as const)(
    'the session is open although RAKP message 4 was lost: to a repeated RAKP message 3 the controller does %s',
    async (repeatedRakp3) => {
      const bmc = new ScriptedBmc({ repeatedRakp3 });
      const { session } = await openTo(bmc, losing(nth(0x15, 1)));
      expect(bmc.log.filter((line) => line === 'open')).toHaveLength(1);
      await passTime(session.close());
      expect(bmc.openSessions).toBe(0);
    },
  );

  test.each(['refuse', 'ignore'] as const)(
    'a slow controller that draws a new random number for each RAKP message 1; to an outdated RAKP message 3 it does %s',
    async (staleRakp3) => {
      const bmc = new ScriptedBmc({ freshNonces: true, staleRakp3 });
      const slow: Fate = (datagram, direction) => [direction === 'answer' && typeOf(datagram) === 0x13 ? 350 : 1];
      const { session } = await openTo(bmc, slow);
      await expect(passTime(session.run(getDeviceId, undefined, never))).resolves.toMatchObject({ ipmiVersion: '2.0' });
      await passTime(session.close());
      expect(bmc.openSessions).toBe(0);
      expect(bmc.log.filter((line) => line === 'open')).toHaveLength(staleRakp3 === 'refuse' ? 2 : 1);
    },
  );

  test('a wrong password is found by the console, which tells the controller and does not try again', async () => {
    const bmc = new ScriptedBmc();
    const { session } = connectTo(bmc, undefined, loginWith([17, 3], { password: bytes('guess') }));
    expect(await errorOf(session.open(never))).toMatchObject({ code: 'auth.rejected' });
    await vi.advanceTimersByTimeAsync(10);
    expect(bmc.log).toEqual(['open', 'rakp1', 'rakp3 status 15']);
    expect(bmc.sessions.size).toBe(0);
  });

  test('an unknown user, and one that may not have the privilege', async () => {
    const stranger = connectTo(new ScriptedBmc(), undefined, loginWith([17], { user: bytes('nobody') }));
    expect(await errorOf(stranger.session.open(never))).toMatchObject({
      code: 'auth.user',
      details: { deviceCode: '0dh', stage: 'rakp1' },
    });
    const limited = connectTo(new ScriptedBmc({ limit: 2 }));
    expect(await errorOf(limited.session.open(never))).toMatchObject({
      code: 'access.privilege',
      details: { deviceCode: '0ah' },
    });
  });

  test.each([
    ['tag', 16],
    ['console session id', 20],
  ])('a refusal with another %s is not believed', async (_, at) => {
    const bmc = new ScriptedBmc();
    const link = connectTo(bmc, (datagram, direction) => {
      if (direction === 'answer' && typeOf(datagram) === 0x13) {
        const forged = Uint8Array.from(datagram.subarray(0, 24));
        forged.set([0x0d], 17);
        forged[at]! ^= 0xff;
        forged.set([8, 0], 14);
        link.session.receive(forged);
      }
      return [1];
    });
    await passTime(link.session.open(never));
    expect(link.session.dropped).toBeGreaterThan(0);
    await passTime(link.session.close());
  });

  test('a cancel between Open Session and RAKP message 2 tells the controller to forget the session', async () => {
    const bmc = new ScriptedBmc();
    const link = connectTo(
      bmc,
      losing((datagram) => typeOf(datagram) === 0x13),
    );
    const cancel = new AbortController();
    const error = errorOf(link.session.open(cancel.signal));
    await vi.advanceTimersByTimeAsync(100);
    cancel.abort();
    expect(await error).toMatchObject({ code: 'run.cancelled' });
    await passTime(link.session.close());
    await vi.advanceTimersByTimeAsync(10);
    expect(bmc.sessions.size).toBe(0);
  });

  test('a cancel while RAKP message 4 is awaited closes the session that it opened', async () => {
    const bmc = new ScriptedBmc();
    const link = connectTo(
      bmc,
      losing((datagram) => typeOf(datagram) === 0x15),
    );
    const cancel = new AbortController();
    const error = errorOf(link.session.open(cancel.signal));
    await vi.advanceTimersByTimeAsync(100);
    expect(bmc.openSessions).toBe(1);
    cancel.abort();
    expect(await error).toMatchObject({ code: 'run.cancelled' });
    await passTime(link.session.close());
    expect(bmc.openSessions).toBe(0);
  });

  test('nothing secret is traced', async () => {
    const { trace } = await openTo(new ScriptedBmc());
    expect(trace.join('\n')).toContain('RAKP message 1');
    expect(trace.join('\n')).not.toMatch(/secret|[0-9a-f]{16}/);
  });
});

describe('commands', () => {
  test('a lost request or answer is asked again, with a new session sequence number', async () => {
    for (const direction of ['request', 'answer'] as const) {
      let lost = 0;
      const link = await openTo(new ScriptedBmc(), (datagram, way) =>
        way === direction && typeOf(datagram) === 0 && lost++ < 2 ? [] : [1],
      );
      await expect(passTime(link.session.run(getSystemGuid, undefined, never))).resolves.toBe(
        'efcdab89-6745-23a1-efcd-ab89674523a1',
      );
      const numbers = link.sent.filter((datagram) => datagram[5] === 0xc0).map((datagram) => datagram[10]);
      expect(numbers).toEqual([1, 2, 3]);
    }
  });

  test('doubled, late and reordered answers serve once', async () => {
    let count = 0;
    const link = await openTo(new ScriptedBmc(), (_, direction) =>
      direction === 'answer' && ++count > 3 ? [count % 3 === 0 ? 400 : 1, 2, 700] : [1],
    );
    for (let i = 0; i < 20; i++) {
      await expect(passTime(link.session.run(getChassisStatus, undefined, never))).resolves.toMatchObject({
        poweredOn: true,
      });
      await expect(passTime(link.session.run(getDeviceId, undefined, never))).resolves.toMatchObject({
        firmware: '2.45',
      });
    }
    expect(link.session.dropped).toBeGreaterThan(20);
  });

  test('a replayed answer to an earlier request is dropped', async () => {
    const bmc = new ScriptedBmc();
    const link = await openTo(bmc);
    await passTime(link.session.run(getChassisStatus, undefined, never));
    const old = link.received.at(-1)!;
    bmc.poweredOn = false;
    // The same request sequence number comes round after 64 requests.
    for (let i = 0; i < 63; i++) await passTime(link.session.run(getDeviceId, undefined, never));
    const status = link.session.run(getChassisStatus, undefined, never);
    link.session.receive(old);
    await expect(passTime(status)).resolves.toMatchObject({ poweredOn: false });
  });

  test('commands asked at the same time go one after the other', async () => {
    const { session } = await openTo(new ScriptedBmc());
    const answers = Promise.all([
      session.run(getSystemGuid, undefined, never),
      session.run(getDeviceId, undefined, never),
      session.run(getChassisStatus, undefined, never),
    ]);
    await expect(passTime(answers)).resolves.toMatchObject([
      'efcdab89-6745-23a1-efcd-ab89674523a1',
      { revision: 1 },
      { restorePolicy: 'previous' },
    ]);
  });

  test('a command that waits for its turn can be cancelled', async () => {
    const { session } = await openTo(
      new ScriptedBmc(),
      losing((datagram) => typeOf(datagram) === 0),
    );
    const first = errorOf(session.run(getDeviceId, undefined, never));
    const cancel = new AbortController();
    const second = errorOf(session.run(getDeviceId, undefined, cancel.signal));
    cancel.abort();
    expect(await second).toMatchObject({ name: 'AbortError' });
    expect(await first).toMatchObject({ code: 'connect.lost', effect: 'none' });
  });

  test('busy codes are waited out, but not for ever', async () => {
    const bmc = new ScriptedBmc({
      completionCodes: { '06 01': [0xc0, 0xd2, 0xc3], '06 37': [0xc0, 0xc0, 0xc0, 0xc0] },
    });
    const { session } = await openTo(bmc);
    await expect(passTime(session.run(getDeviceId, undefined, never))).resolves.toBeDefined();
    expect(await errorOf(session.run(getSystemGuid, undefined, never))).toMatchObject({
      code: 'device.busy',
      details: { deviceCode: 'c0h' },
    });
  });

  test('a command that a controller refuses to the user level is asked for again at the level of the login', async () => {
    const bmc = new ScriptedBmc({ completionCodes: { '06 01': [0xd4], '06 37': [0xd4] } });
    const { session } = await openTo(bmc);
    await expect(passTime(session.run(getDeviceId, undefined, never))).resolves.toBeDefined();
    expect(await errorOf(session.run(getSystemGuid, undefined, never))).toMatchObject({ code: 'access.privilege' });
  });

  test('a user without the privilege hears of it', async () => {
    const bmc = new ScriptedBmc({ completionCodes: { '06 3b': [0x81] } });
    const { session } = await openTo(bmc);
    expect(await errorOf(session.raisePrivilege(never))).toMatchObject({
      code: 'access.privilege',
      details: { deviceCode: '81h' },
    });
    await expect(passTime(session.raisePrivilege(never))).resolves.toBeUndefined();
  });
});

describe('close', () => {
  test('is repeated until it is answered', async () => {
    let requests = 0;
    const bmc = new ScriptedBmc();
    const { session } = await openTo(bmc, (datagram, direction) =>
      direction === 'request' && typeOf(datagram) === 0 && ++requests < 5 ? [] : [1],
    );
    await passTime(session.close());
    expect(bmc.openSessions).toBe(0);
  });

  test('never rejects and ends within a second when nothing answers any more', async () => {
    let isDead = false;
    const { session } = await openTo(new ScriptedBmc(), () => (isDead ? [] : [1]));
    isDead = true;
    const began = Date.now();
    await passTime(session.close());
    expect(Date.now() - began).toBeLessThan(1000);
    expect(await errorOf(session.run(getDeviceId, undefined, never))).toMatchObject({ code: 'run.cancelled' });
  });

  test('ends the command under way', async () => {
    const bmc = new ScriptedBmc();
    const { session } = await openTo(
      bmc,
      losing((datagram, direction) => direction === 'answer' && bmc.log.at(-1) === '06 01'),
    );
    const command = errorOf(session.run(getDeviceId, undefined, never));
    await vi.advanceTimersByTimeAsync(50);
    await passTime(session.close());
    expect(await command).toMatchObject({ code: 'run.cancelled' });
    expect(bmc.openSessions).toBe(0);
  });

  test('leaves no session open at 10 % loss', async () => {
    const bmcs = Array.from({ length: 300 }, () => new ScriptedBmc({ freshNonces: true, repeatedRakp3: 'ignore' }));
    const errors = await passTime(
      Promise.all(
        bmcs.map(async (bmc, index) => {
          const { session } = connectTo(bmc, lossy(0.1, 7000 + index));
          try {
            await session.open(never);
            await session.run(getChassisStatus, undefined, never);
            return undefined;
          } catch (error) {
            return error;
          } finally {
            await session.close();
          }
        }),
      ),
    );
    expect(errors.filter((error) => error !== undefined)).toEqual([]);
    expect(bmcs.reduce((total, bmc) => total + bmc.openSessions, 0)).toBe(0);
  });
});
