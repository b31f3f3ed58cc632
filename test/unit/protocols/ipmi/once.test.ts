import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toSidebandError } from '../../../../src/base/errors';
import type { IpmiClient } from '../../../../src/technologies/ipmi/client';
import { ipmiClient } from '../../../fakes/ipmiController';
import type { IpmiSession } from '../../../../src/protocols/ipmi/session';
import { type BmcQuirks, ScriptedBmc } from './bmc';
import { connectTo, errorOf, type Fate, loginWith, losing, lossy, never, passTime } from './link';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

interface Tally {
  readonly executed: Record<number, number>;
  readonly confirmed: number;
  readonly unconfirmed: number;
  readonly unknown: number;
  readonly failed: string[];
  readonly openSessions: number;
  /** Claims that do not fit what the controllers did. */
  readonly wrong: string[];
}

async function sweep(
  count: number,
  action: Parameters<IpmiClient['requestPower']>[0],
  fateOf: (index: number) => Fate,
  quirks: Partial<BmcQuirks>,
): Promise<Tally> {
  const bmcs = Array.from({ length: count }, () => new ScriptedBmc(quirks));
  const wrong: string[] = [];
  const outcomes = await passTime(
    Promise.all(
      bmcs.map(async (bmc, index) => {
        const { session } = connectTo(bmc, fateOf(index), loginWith([17]));
        try {
          await session.open(never);
          const client = ipmiClient(session);
          const { confirmed } = await client.requestPower(action, never);
          if (bmc.executed.length !== 1) wrong.push(`${index}: ${bmc.executed.length} executed, reported as done`);
          return confirmed ? 'confirmed' : 'unconfirmed';
        } catch (thrown) {
          const { code, effect, message } = toSidebandError(thrown);
          if (effect === 'none' && bmc.executed.length > 0) wrong.push(`${index}: executed, reported as ${code}`);
          return effect === 'unknown' ? 'unknown' : `${code} ${message}`;
        } finally {
          await session.close();
        }
      }),
    ),
  );
  const count_ = (outcome: string): number => outcomes.filter((one) => one === outcome).length;
  const executed: Record<number, number> = {};
  for (const bmc of bmcs) executed[bmc.executed.length] = (executed[bmc.executed.length] ?? 0) + 1;
  return {
    executed,
    confirmed: count_('confirmed'),
    unconfirmed: count_('unconfirmed'),
    unknown: count_('unknown'),
    failed: outcomes.filter((one) => !['confirmed', 'unconfirmed', 'unknown'].includes(one)),
    openSessions: bmcs.reduce((total, bmc) => total + bmc.openSessions, 0),
    wrong,
  };
}

const lossOfTenPercent = (index: number): Fate => lossy(0.1, index + 1);

test.each([
  ['the restart cause tells', {}],
  ['repeated RAKP messages are refused', { repeatedRakp3: 'refuse' }],
] satisfies [string, Partial<BmcQuirks>][])(
  '1,000 resets at 10 % loss are executed 1,000 times: %s',
  async (_, quirks) => {
    const tally = await sweep(1000, 'reset', lossOfTenPercent, quirks);
    expect(tally).toMatchObject({ executed: { 1: 1000 }, unknown: 0, failed: [], openSessions: 0, wrong: [] });
  },
);

test.each([
  ['says chassis control already', { restartCause: 1 }],
  ['is not offered', { offersRestartCause: false }],
  ['says so, RAKP messages are answered anew', { restartCause: 1, repeatedRakp3: 'ignore', freshNonces: true }],
] satisfies [string, Partial<BmcQuirks>][])('none is executed twice when the restart cause %s', async (_, quirks) => {
  const tally = await sweep(1000, 'reset', lossOfTenPercent, quirks);
  expect(Math.max(...Object.keys(tally.executed).map(Number))).toBe(1);
  expect(tally).toMatchObject({ openSessions: 0, wrong: [] });
  expect(tally.confirmed + tally.unconfirmed).toBeGreaterThanOrEqual(990);
});

test('a controller that skips numbers or refuses to lower a session is never believed to say more than it does', async () => {
  for (const quirks of [{ skips: 1 }, { lowers: false }]) {
    const tally = await sweep(300, 'cycle', lossOfTenPercent, { offersRestartCause: false, ...quirks });
    expect(Math.max(...Object.keys(tally.executed).map(Number))).toBe(1);
    expect(tally).toMatchObject({ openSessions: 0, wrong: [] });
  }
});

test('on and off are asked again after the state was read', async () => {
  const bmc = new ScriptedBmc();
  const control = isRequest('00 02', bmc);
  let lost = 0;
  const { session } = connectTo(
    bmc,
    (datagram, direction) => (control(datagram, direction) && lost++ < 2 ? [] : [1]),
    loginWith([3]),
  );
  await passTime(session.open(never));
  await expect(passTime(clientOf(session).requestPower('off', never))).resolves.toEqual({ confirmed: true });
  expect(bmc.executed).toEqual([0]);
});

test('a repeated reset is the same datagram', async () => {
  const bmc = new ScriptedBmc({ offersRestartCause: false });
  const { session, sent } = connectTo(bmc, losingFirst(isRequest('00 02', bmc)), loginWith([3]));
  await passTime(session.open(never));
  await expect(passTime(clientOf(session).requestPower('reset', never))).resolves.toEqual({ confirmed: true });
  const texts = sent.map((datagram) => Buffer.from(datagram).toString('hex'));
  expect(texts.length - new Set(texts).size).toBe(1);
  expect(bmc.executed).toEqual([3]);
});

test('an answer that was lost but counted is reported as not confirmed', async () => {
  const bmc = new ScriptedBmc({ restartCause: 1 });
  const { session } = connectTo(bmc, losingFirst(isAnswer('00 02', bmc)), loginWith([3]));
  await passTime(session.open(never));
  await expect(passTime(clientOf(session).requestPower('cycle', never))).resolves.toEqual({ confirmed: false });
  expect(bmc.executed).toEqual([2]);
});

test('an answer that comes while the evidence is gathered counts', async () => {
  const bmc = new ScriptedBmc({ offersRestartCause: false });
  const late = isAnswer('00 02', bmc);
  const { session } = connectTo(bmc, (datagram, direction) => [late(datagram, direction) ? 1001 : 1], loginWith([3]));
  await passTime(session.open(never));
  await expect(passTime(clientOf(session).requestPower('nmi', never))).resolves.toEqual({ confirmed: true });
  expect(bmc.executed).toEqual([4]);
});

test('a controller that goes silent leaves the effect unknown, and nothing is sent again', async () => {
  const bmc = new ScriptedBmc();
  let dead = false;
  const control = isRequest('00 02', bmc);
  const { session } = connectTo(
    bmc,
    (datagram, direction) => ((dead ||= control(datagram, direction)) ? [] : [1]),
    loginWith([3]),
  );
  await passTime(session.open(never));
  expect(await errorOf(clientOf(session).requestPower('reset', never))).toMatchObject({
    code: 'connect.lost',
    effect: 'unknown',
  });
});

test('a cancel after the request was sent leaves the effect unknown', async () => {
  const bmc = new ScriptedBmc();
  const { session } = connectTo(bmc, losing(isAnswer('00 02', bmc)), loginWith([3]));
  await passTime(session.open(never));
  const cancel = new AbortController();
  const reset = clientOf(session).requestPower('reset', cancel.signal);
  const error = errorOf(reset);
  await vi.advanceTimersByTimeAsync(500);
  cancel.abort();
  expect(await error).toMatchObject({ code: 'run.cancelled', effect: 'unknown' });
  await passTime(session.close());
  expect(bmc).toMatchObject({ openSessions: 0, executed: [3] });
});

test.each([
  ['not in this state', 0xd5, { code: 'device.state', effect: 'none' }],
  ['insufficient privilege', 0xd4, { code: 'access.privilege', effect: 'none' }],
  ['not supported', 0xc1, { code: 'device.unsupported', effect: 'none' }],
  ['time-out while it ran', 0xc3, { code: 'device.busy', effect: 'unknown' }],
  ['response not available', 0xce, { code: 'device.busy', effect: 'unknown' }],
])('an act refused with "%s"', async (_, completionCode, error) => {
  const bmc = new ScriptedBmc({ completionCodes: { '00 02': [completionCode] } });
  const { session } = connectTo(bmc, undefined, loginWith([3]));
  await passTime(session.open(never));
  expect(await errorOf(clientOf(session).requestPower('reset', never))).toMatchObject(error);
  expect(bmc.executed).toEqual([]);
});

test('a time-out of an act that the state proves to have happened', async () => {
  const bmc = new ScriptedBmc({ completionCodes: { '00 02': [0xc3] } });
  const { session } = connectTo(bmc, undefined, loginWith([3]));
  await passTime(session.open(never));
  bmc.poweredOn = false;
  await expect(passTime(clientOf(session).requestPower('off', never))).resolves.toEqual({ confirmed: true });
});

test('a busy controller has not executed the act, so it is asked again', async () => {
  const bmc = new ScriptedBmc({ completionCodes: { '00 02': [0xc0, 0xd2] } });
  const { session } = connectTo(bmc, undefined, loginWith([3]));
  await passTime(session.open(never));
  await expect(passTime(clientOf(session).requestPower('reset', never))).resolves.toEqual({ confirmed: true });
  expect(bmc.executed).toEqual([3]);
});

function clientOf(session: IpmiSession): IpmiClient {
  return ipmiClient(session);
}

/** Whether the controller is about to get a request of this command: the simulated network looks into the machine. */
function isRequest(name: string, bmc: ScriptedBmc): (datagram: Uint8Array, direction: 'request' | 'answer') => boolean {
  return (datagram, direction) => direction === 'request' && bmc.peek(datagram) === name;
}

function isAnswer(name: string, bmc: ScriptedBmc): (datagram: Uint8Array, direction: 'request' | 'answer') => boolean {
  return (_, direction) => direction === 'answer' && bmc.log.at(-1) === name;
}

function losingFirst(pick: (datagram: Uint8Array, direction: 'request' | 'answer') => boolean): Fate {
  let lost = false;
  return (datagram, direction) => {
    if (lost || !pick(datagram, direction)) return [1];
    lost = true;
    return [];
  };
}
