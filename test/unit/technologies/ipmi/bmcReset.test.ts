import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { requestBmcReset } from '../../../../src/technologies/ipmi/bmcReset';
import type { IpmiClient } from '../../../../src/technologies/ipmi/client';
import { ipmiClient } from '../../../fakes/ipmiController';
import { ScriptedBmc } from '../../protocols/ipmi/bmc';
import { connectTo, errorOf, type Fate, loginWith, never, passTime, wellBehaved } from '../../protocols/ipmi/link';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function clientOf(bmc: ScriptedBmc, fate: Fate): Promise<IpmiClient> {
  const { session } = connectTo(bmc, fate, loginWith([17], { privilege: 'administrator' }));
  await passTime(session.open(never));
  return ipmiClient(session);
}

const answering = (): ScriptedBmc => new ScriptedBmc({ limit: 4, completionCodes: { '06 02': [0x00] } });
const resets = (bmc: ScriptedBmc): number => bmc.log.filter((command) => command === '06 02').length;

test('an answered reset is confirmed', async () => {
  const bmc = answering();
  const client = await clientOf(bmc, wellBehaved);
  await expect(passTime(requestBmcReset(client, 'cold', never))).resolves.toEqual({ confirmed: true });
  expect(resets(bmc)).toBe(1);
});

test('a controller that resets before it answers leaves the effect unknown, and got the command once', async () => {
  const bmc = answering();
  const client = await clientOf(bmc, () => (resets(bmc) > 0 ? [] : [1]));
  const error = await errorOf(requestBmcReset(client, 'cold', never));
  expect(error).toMatchObject({ code: 'connect.lost', effect: 'unknown' });
  expect(resets(bmc)).toBe(1);
});

test('an answer that was lost on the way is not confirmed, and the command is not sent again', async () => {
  const bmc = answering();
  let lost = false;
  const loseAnswer: Fate = (_, direction) => {
    if (lost || direction === 'request' || resets(bmc) === 0) return [1];
    lost = true;
    return [];
  };
  const client = await clientOf(bmc, loseAnswer);
  await expect(passTime(requestBmcReset(client, 'cold', never))).resolves.toEqual({ confirmed: false });
  expect(resets(bmc)).toBe(1);
});
