import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toSidebandError } from '../../../../src/base/errors';
import type { PowerAction } from '../../../../src/technologies/power';
import { IpmiClient } from '../../../../src/technologies/ipmi/client';
import { type BmcQuirks, ScriptedBmc } from './bmc';
import { connectTo, type Fate, lossy, loginWith, never, passTime } from './link';

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

async function sweep(count: number, action: PowerAction, fateOf: (index: number) => Fate, quirks: Partial<BmcQuirks>): Promise<Tally> {
  const bmcs = Array.from({ length: count }, () => new ScriptedBmc(quirks));
  const wrong: string[] = [];
  const outcomes = await passTime(
    Promise.all(
      bmcs.map(async (bmc, index) => {
        const { session } = connectTo(bmc, fateOf(index), loginWith([17]));
        try {
          await session.open(never);
          const client = new IpmiClient('lab-01', { session, [Symbol.asyncDispose]: () => session.close() });
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

test.each([
  ['the restart cause tells', {}],
  ['the restart cause says chassis control already', { restartCause: 1 }],
  ['no restart cause is offered', { offersRestartCause: false }],
  ['repeated RAKP messages are ignored or answered anew', { repeatedRakp3: 'ignore', freshNonces: true, restartCause: 1 }],
  ['repeated RAKP messages are refused', { repeatedRakp3: 'refuse' }],
] satisfies [string, Partial<BmcQuirks>][])('1,000 resets at 10 %% loss: %s', async (_, quirks) => {
  const tally = await sweep(1000, 'reset', (index) => lossy(0.1, index + 1), quirks);
  console.log(tally);
  expect(Math.max(...Object.keys(tally.executed).map(Number))).toBe(1);
  expect(tally.wrong).toEqual([]);
  expect(tally.openSessions).toBe(0);
  expect(tally.confirmed + tally.unconfirmed).toBeGreaterThanOrEqual(995);
});
