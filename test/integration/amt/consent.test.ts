import { expect, test } from 'vitest';
import type { Asks, ConsentQuestion } from '../../../src/base/frontend';
import { amtConsent } from '../../../src/operations/amt/consent';
import { bootOverride } from '../../../src/operations/boot/override';
import { powerReset } from '../../../src/operations/power/reset';
import { bootState } from '../../../src/simulators/amt/classes/bootState';
import { consent, ConsentPolicy } from '../../../src/simulators/amt/classes/consent';
import { startAmt, type TestAmt } from '../../fakes/amtDevice';

const off = 8;
const bios = { device: 'bios' };

/** Someone who answers with these, in their order; `right` is what the computer shows. */
function person(device: TestAmt, ...answers: readonly (string | undefined)[]) {
  const asked: ConsentQuestion[] = [];
  const asks: Asks = {
    consentCode: (question) => {
      const answer = answers[asked.push(question) - 1];
      return Promise.resolve(answer === 'right' ? shown(device) : answer);
    },
  };
  return { asks, asked };
}

function shown({ simulator }: TestAmt): string | undefined {
  return consent(simulator.device).code;
}

/** A code that the computer does not show. */
function wrong(device: TestAmt): string {
  return shown(device) === '000000' ? '000001' : '000000';
}

test('in client control mode a boot override asks for the code on the screen, and goes on with it', async () => {
  await using device = await startAmt({ profile: 'ccm' });
  const { asks, asked } = person(device, 'right');
  const value = { boot: 'bios once' };
  expect(await device.run(bootOverride, { ...bios, power: 'reset' }, { asks })).toMatchObject({
    outcome: 'done',
    value,
  });
  expect(asked).toEqual([{ computer: 'lab-01', waitsSeconds: 300, wasWrong: false }]);
  expect(device.changes).toEqual([
    'IPS_OptInService.StartOptIn',
    'IPS_OptInService.SendOptInCode',
    'CIM_BootConfigSetting.ChangeBootOrder',
    'AMT_BootSettingData.Put',
    'CIM_BootService.SetBootConfigRole',
    'CIM_PowerManagementService.RequestPowerStateChange',
  ]);
  expect([...(bootState(device.simulator.device).boots[0]?.options.on ?? [])]).toEqual(['BIOSSetup']);
});

test('in admin control mode it is asked for where the policy is all, and not where it is KVM', async () => {
  await using device = await startAmt();
  consent(device.simulator.device).policy = ConsentPolicy.kvm;
  const nobody = person(device);
  expect(await device.run(bootOverride, bios, nobody)).toMatchObject({ outcome: 'done' });
  expect(nobody.asked).toEqual([]);
  consent(device.simulator.device).policy = ConsentPolicy.all;
  const someone = person(device, 'right');
  expect(await device.run(bootOverride, { device: 'pxe' }, someone)).toMatchObject({ outcome: 'done' });
  expect(someone.asked).toHaveLength(1);
});

test('consent that was given is used again, and power alone needs none', async () => {
  await using device = await startAmt({ profile: 'ccm' });
  expect(await device.run(powerReset)).toMatchObject({ outcome: 'done' });
  const { asks, asked } = person(device, 'right');
  await device.run(bootOverride, bios, { asks });
  expect(await device.run(bootOverride, { device: 'pxe' }, { asks })).toMatchObject({ outcome: 'done' });
  // What is so already needs no consent.
  consent(device.simulator.device).cancel();
  expect(await device.run(bootOverride, { device: 'pxe' }, { asks })).toMatchObject({ outcome: 'already' });
  expect(asked).toHaveLength(1);
});

test('a wrong code is asked for again, without using up a try for what is no code', async () => {
  await using device = await startAmt({ profile: 'ccm' });
  const asked: ConsentQuestion[] = [];
  const answers = [() => '12', () => wrong(device), () => shown(device)];
  const consentCode: Asks['consentCode'] = (question) => Promise.resolve(answers[asked.push(question) - 1]?.());
  expect(await device.run(bootOverride, bios, { asks: { consentCode } })).toMatchObject({ outcome: 'done' });
  expect(asked.map(({ wasWrong }) => wasWrong)).toEqual([false, true, true]);
  expect(device.simulator.device.refused.map(({ method }) => method)).toEqual(['SendOptInCode']);
});

test('after too many wrong codes nothing is changed', async () => {
  await using device = await startAmt({ profile: 'ccm' });
  let asked = 0;
  const consentCode = () => {
    asked++;
    return Promise.resolve(wrong(device));
  };
  expect(await device.run(bootOverride, bios, { asks: { consentCode } })).toMatchObject({
    outcome: 'failed',
    error: { code: 'consent.rejected' },
  });
  expect(asked).toBe(3);
  expect(device.changes).toEqual(['IPS_OptInService.StartOptIn']);
  expect(device.computer.seen.problem).toBeUndefined();
  // And for a while no code is shown at all.
  expect(await device.run(bootOverride, bios, { asks: { consentCode } })).toMatchObject({
    error: { code: 'device.busy', hint: expect.stringContaining('wait a minute') as string },
  });
  expect(asked).toBe(3);
});

test('a dismissed question takes the code off the screen', async () => {
  await using device = await startAmt({ profile: 'ccm' });
  const { asks } = person(device, undefined);
  expect(await device.run(bootOverride, bios, { asks })).toMatchObject({
    outcome: 'failed',
    error: { code: 'consent.required', message: 'lab-01: nobody gave the code that the device shows' },
  });
  expect(device.changes).toEqual(['IPS_OptInService.StartOptIn', 'IPS_OptInService.CancelOptIn']);
  expect(shown(device)).toBeUndefined();
});

test('a cancelled run takes the code off the screen', async () => {
  await using device = await startAmt({ profile: 'ccm' });
  const controller = new AbortController();
  const consentCode: Asks['consentCode'] = (_, signal) => {
    controller.abort();
    return Promise.reject(signal.reason as Error);
  };
  const options = { asks: { consentCode }, signal: controller.signal };
  expect(await device.run(bootOverride, bios, options)).toMatchObject({ outcome: 'cancelled' });
  expect(device.changes).toEqual(['IPS_OptInService.StartOptIn', 'IPS_OptInService.CancelOptIn']);
});

test('with nobody to ask nothing is shown, and nothing changed', async () => {
  await using device = await startAmt({ profile: 'ccm' });
  expect(await device.run(bootOverride, bios)).toMatchObject({
    outcome: 'failed',
    error: { code: 'consent.required', message: 'lab-01: the user at the computer must consent' },
  });
  expect(device.changes).toEqual([]);
});

test('on a computer that is off nobody can read a code', async () => {
  await using device = await startAmt({ profile: 'ccm', power: off });
  const { asks, asked } = person(device);
  expect(await device.run(bootOverride, bios, { asks })).toMatchObject({
    outcome: 'failed',
    error: { hint: expect.stringContaining('must be on, with a screen') as string },
  });
  expect(asked).toEqual([]);
});

test('amt.consent: status, start, code, cancel, one after the other', async () => {
  await using device = await startAmt({ profile: 'ccm' });
  expect(await device.run(amtConsent)).toMatchObject({ value: { consent: 'not started', required: 'all' } });
  expect(await device.plan(amtConsent, { action: 'start' })).toMatchObject({ now: 'not started', then: 'displayed' });
  expect(await device.run(amtConsent, { action: 'code', code: '123456' })).toMatchObject({
    error: { code: 'device.state', hint: 'Start it first, so that the computer shows a code.' },
  });
  expect(await device.run(amtConsent, { action: 'start' })).toMatchObject({
    outcome: 'done',
    value: { consent: 'displayed' },
  });
  expect(await device.run(amtConsent, { action: 'start' })).toMatchObject({ outcome: 'already' });
  expect(await device.run(amtConsent, { action: 'code', code: wrong(device) })).toMatchObject({
    error: { code: 'consent.rejected', message: 'lab-01: the device did not take the code, and it still shows it' },
  });
  const code = shown(device);
  expect(await device.run(amtConsent, { action: 'code', code })).toMatchObject({
    outcome: 'done',
    value: { consent: 'received' },
  });
  expect(await device.run(amtConsent, { action: 'code', code })).toMatchObject({ outcome: 'already' });
  // A job without anybody to ask goes on with it.
  expect(await device.run(bootOverride, bios)).toMatchObject({ outcome: 'done' });
  expect(await device.run(amtConsent, { action: 'cancel' })).toMatchObject({
    outcome: 'done',
    value: { consent: 'not started' },
  });
  expect(await device.run(amtConsent, { action: 'cancel' })).toMatchObject({ outcome: 'already' });
});

test('amt.consent asks for the code that it was not given, and says where no consent is asked for', async () => {
  await using device = await startAmt({ profile: 'ccm' });
  expect(await device.run(amtConsent, { action: 'code' }, person(device, 'right'))).toMatchObject({ outcome: 'done' });
  await using free = await startAmt();
  expect(await free.run(amtConsent, { action: 'start' })).toMatchObject({
    outcome: 'already',
    note: 'The device asks for no consent.',
  });
  expect(free.changes).toEqual([]);
});

test('a lost answer to the code ends unknown', async () => {
  await using device = await startAmt({ profile: 'ccm' });
  device.simulator.faults.loseAnswerTo('SendOptInCode');
  expect(await device.run(bootOverride, bios, person(device, 'right'))).toMatchObject({ outcome: 'unknown' });
  expect(device.changes.filter((one) => one.startsWith('AMT_BootSettingData'))).toEqual([]);
});

test('a device that asks for no consent takes no code, and says so', async () => {
  await using device = await startAmt();
  const { asks, asked } = person(device);
  const note = 'The device asks for no consent.';
  expect(await device.run(amtConsent, { action: 'code' }, { asks })).toMatchObject({ outcome: 'already', note });
  expect(await device.run(amtConsent, { action: 'start' }, { asks })).toMatchObject({ outcome: 'already', note });
  expect(asked).toEqual([]);
  expect(device.changes).toEqual([]);
});

test('a plan says for which computers somebody must consent', async () => {
  await using client = await startAmt({ profile: 'ccm' });
  expect(await client.plan(bootOverride, bios)).toMatchObject({ now: 'no override; the user must consent' });
  await using admin = await startAmt();
  expect(await admin.plan(bootOverride, bios)).toMatchObject({ now: 'no override' });
});
