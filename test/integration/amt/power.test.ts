import { describe, expect, test } from 'vitest';
import { powerCycle } from '../../../src/operations/power/cycle';
import { powerHibernate } from '../../../src/operations/power/hibernate';
import { powerNmi } from '../../../src/operations/power/nmi';
import { powerOff } from '../../../src/operations/power/off';
import { powerOn } from '../../../src/operations/power/on';
import { powerReset } from '../../../src/operations/power/reset';
import { powerSleep } from '../../../src/operations/power/sleep';
import { powerStatus } from '../../../src/operations/power/status';
import { redirectionSessions } from '../../../src/simulators/amt/classes/redirectionSessions';
import { startAmt, type TestAmt } from '../../fakes/amtDevice';

const on = 2;
const sleep = 4;
const hibernate = 7;
const off = 8;

/** The PowerStates that were asked for, in their order. */
function asked({ simulator }: TestAmt): readonly unknown[] {
  return simulator.calls
    .filter(({ method }) => method === 'RequestPowerStateChange')
    .map(({ parameters }) => Number(parameters.PowerState));
}

describe.each(['9.1', '12.0', '15.0', '16.1', 'ccm', 'ism'] as const)('AMT %s', (profile) => {
  test('says whether it is on, and is turned off and on, each once', async () => {
    await using device = await startAmt({ profile });
    expect(await device.run(powerStatus)).toMatchObject({ ok: true, technology: 'amt', value: { power: 'on' } });

    expect(await device.plan(powerOff)).toMatchObject({ now: 'on', then: 'off', why: 'by AMT' });
    expect(await device.run(powerOff)).toMatchObject({ outcome: 'done', value: { power: 'off' } });
    expect(device.computer.seen.power).toBe('off');
    expect(await device.run(powerOff)).toMatchObject({ outcome: 'already' });

    expect(await device.plan(powerOn)).toMatchObject({ now: 'off', then: 'on' });
    expect(await device.run(powerOn)).toMatchObject({ outcome: 'done', value: { power: 'on' } });
    expect(await device.run(powerOn)).toMatchObject({ outcome: 'already' });
    expect(asked(device)).toEqual([8, 2]);
  });

  test('is reset and cycled when it accepts', async () => {
    await using device = await startAmt({ profile });
    expect(await device.run(powerReset)).toMatchObject({ outcome: 'done' });
    expect(await device.run(powerCycle)).toMatchObject({ outcome: 'done' });
    expect(asked(device)).toEqual([10, 5]);
  });

  test('is shut down, restarted and sent to sleep by its operating system', async () => {
    await using device = await startAmt({ profile });
    expect(await device.run(powerReset, { graceful: true })).toMatchObject({ outcome: 'done' });
    expect(await device.run(powerSleep)).toMatchObject({ outcome: 'done', value: { power: 'sleeping' } });
    expect(await device.run(powerSleep)).toMatchObject({ outcome: 'already' });
    expect(await device.run(powerOn)).toMatchObject({ outcome: 'done' });
    expect(await device.run(powerHibernate)).toMatchObject({ outcome: 'done', value: { power: 'hibernating' } });
    expect(await device.now(powerHibernate)).toBe('hibernating');
    expect(await device.run(powerHibernate)).toMatchObject({ outcome: 'already' });
    expect(await device.run(powerOn)).toMatchObject({ outcome: 'done' });
    expect(await device.run(powerOff, { graceful: true })).toMatchObject({ outcome: 'done', value: { power: 'off' } });
    expect(asked(device)).toEqual([14, 4, 2, 7, 2, 12]);
  });
});

test.each([
  ['power.off', powerOff, 'off', on],
  ['power.on', powerOn, 'on', off],
  ['power.reset', powerReset, 'on', on],
  ['power.cycle', powerCycle, 'on', on],
] as const)('%s whose answer is lost ends unknown, and is not repeated', async (_, operation, then, power) => {
  await using device = await startAmt({ power });
  device.simulator.faults.loseAnswerTo('RequestPowerStateChange');
  const result = await device.run(operation);
  expect(result).toMatchObject({ ok: false, outcome: 'unknown', error: { code: 'connect.lost' } });
  expect(asked(device)).toHaveLength(1);
  expect(device.ledger.lines.slice(-2)).toEqual(['close lab-01 unknown', 'end finished']);
  expect(await device.run(powerStatus)).toMatchObject({ value: { power: then } });
});

test('what its state does not allow is refused before it is sent, and what it allows is named', async () => {
  await using asleep = await startAmt({ power: sleep });
  expect(await asleep.run(powerReset)).toMatchObject({
    outcome: 'failed',
    error: {
      code: 'device.state',
      message: 'lab-01 is sleeping, so it takes no reset',
      hint: 'It takes now: on, off, cycle.',
    },
  });
  await using hibernating = await startAmt({ power: hibernate });
  expect(await hibernating.run(powerSleep)).toMatchObject({
    error: { code: 'device.state', message: 'lab-01 is hibernating, so it takes no sleep' },
  });
  await using isOff = await startAmt({ profile: '9.1', power: off });
  expect(await isOff.run(powerCycle)).toMatchObject({
    error: { code: 'device.state', hint: 'It takes now: on, cycle.' },
  });
  expect([...asleep.changes, ...hibernating.changes, ...isOff.changes]).toEqual([]);
  expect([...asleep.simulator.device.refused, ...isOff.simulator.device.refused]).toEqual([]);
});

test('graceful actions need a service in the operating system', async () => {
  await using listing = await startAmt({ hasLms: false });
  const advice = /need Intel’s Local Management Service \(LMS\) running/;
  expect(await listing.run(powerOff, { graceful: true })).toMatchObject({
    error: {
      code: 'device.state',
      message: 'lab-01 is on, so it takes no off-graceful',
      hint: expect.stringMatching(advice) as string,
    },
  });
  expect(listing.simulator.device.refused).toEqual([]);
  // Old firmware does not list what it takes, and refuses.
  await using old = await startAmt({ profile: '9.1', hasLms: false });
  expect(await old.run(powerOff, { graceful: true })).toMatchObject({
    outcome: 'failed',
    error: { code: 'device.state', hint: expect.stringMatching(advice) as string },
  });
  expect(old.simulator.device.refused).toHaveLength(1);
});

test('a diagnostic interrupt, where the firmware has one', async () => {
  await using device = await startAmt();
  expect(await device.run(powerNmi)).toMatchObject({ outcome: 'done' });
  expect(asked(device)).toEqual([11]);
  await using old = await startAmt({ profile: '9.1' });
  const impossible = 'its AMT 9.1.45.3000 has no nmi, which came with generation 10';
  expect(await old.plan(powerNmi)).toMatchObject({ impossible });
  expect(await old.run(powerNmi)).toMatchObject({ outcome: 'skipped', error: { message: `lab-01: ${impossible}` } });
  expect(old.changes).toEqual([]);
});

test('power on wakes an operating system in modern standby', async () => {
  await using device = await startAmt({ hasModernStandby: true });
  device.simulator.device.machine.isSavingPower = true;
  expect(await device.run(powerOn)).toMatchObject({
    outcome: 'done',
    note: 'It was on, and its operating system in modern standby.',
  });
  expect(device.changes).toEqual(['IPS_PowerManagementService.RequestOSPowerSavingStateChange']);
  expect(await device.run(powerOn)).toMatchObject({ outcome: 'already' });
  // Such computers have no other sleep.
  expect(await device.run(powerSleep)).toMatchObject({ error: { code: 'device.state' } });
});

test('an open redirection session keeps the computer on, and is named', async () => {
  await using device = await startAmt();
  redirectionSessions(device.simulator.device).add('KVM');
  expect(await device.run(powerOff)).toMatchObject({
    outcome: 'failed',
    error: {
      code: 'device.busy',
      message: 'lab-01: the device refuses off while a redirection session is open: KVM',
      hint: 'Close the KVM session, then try again.',
    },
  });
  expect(await device.run(powerReset)).toMatchObject({ outcome: 'done' });
  expect(asked(device)).toEqual([10]);
});
