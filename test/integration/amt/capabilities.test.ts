import { expect, test } from 'vitest';
import { amtCapabilities } from '../../../src/nodes/amt/amtCapabilities';
import { userConsent } from '../../../src/nodes/amt/userConsent';
import { powerCapabilities } from '../../../src/nodes/power/powerCapabilities';
import { bootOverride } from '../../../src/operations/boot/override';
import { powerStatus } from '../../../src/operations/power/status';
import { consent, ConsentPolicy } from '../../../src/simulators/amt/classes/consent';
import { startAmt } from '../../fakes/amtDevice';

const off = 8;
test.each([
  ['9.1', ['9.1.45', 'full', 'admin', 'none', false, true, true]],
  ['12.0', ['12.0.67', 'full', 'admin', 'none', false, true, true]],
  ['16.1', ['16.1.25', 'full', 'admin', 'none', true, true, true]],
  ['ccm', ['15.0.23', 'full', 'client', 'all', false, true, false]],
  ['ism', ['15.0.23', 'standard', 'admin', 'none', false, false, false]],
] as const)('what AMT %s offers', async (profile, facts) => {
  await using device = await startAmt({ profile });
  const [row = []] = await device.show(amtCapabilities);
  // Version, edition, control mode, consent, TLS only, KVM, System Defense.
  expect(row.slice(0, 7)).toEqual(facts);
});

test('the boot options of a device, as its firmware names them', async () => {
  await using device = await startAmt({ profile: '12.0' });
  const [row = []] = await device.show(amtCapabilities);
  expect(String(row.at(-1)).split(', ')).toEqual([
    'BIOSReflash',
    'BIOSSecureBoot',
    'BIOSSetup',
    'ForceCDorDVDBoot',
    'ForceHardDriveBoot',
    'ForcePXEBoot',
    'ForcedProgressEvents',
    'IDER',
    'KeyboardLock',
    'SOL',
    'SecureErase',
    'UserPasswordBypass',
  ]);
});

test('the fleet is told what a computer offers as soon as anybody has asked', async () => {
  await using device = await startAmt({ profile: 'ccm' });
  await device.run(powerStatus);
  expect(device.computer.seen.offers).toBeUndefined();
  await device.plan(bootOverride, { device: 'pxe' });
  expect(device.computer.seen.offers).toEqual({
    amt: 'AMT 15.0.23, client control mode, asks for consent, KVM, no System Defense',
  });
  expect(device.computer.seen.power).toBe('on');
});

test('what a device offers is kept, and asked for again by whoever wants to see it', async () => {
  await using device = await startAmt();
  const { counters } = device.simulator;
  await device.plan(bootOverride, { device: 'bios' });
  const first = counters.requests;
  await device.sessions[Symbol.asyncDispose]();
  await device.plan(bootOverride, { device: 'bios' });
  expect(counters.requests - first).toBeLessThan(first / 2);
  const before = counters.requests;
  await device.show(amtCapabilities);
  expect(counters.requests - before).toBeGreaterThan(8);
});

test('the state of the power, what may be asked for in it, and what the firmware can do', async () => {
  await using device = await startAmt();
  expect(await device.show(powerCapabilities)).toEqual([
    [
      'on',
      'off, cycle, reset, nmi, off-graceful, reset-graceful, sleep, hibernate',
      'on, off, cycle, reset, nmi, off-graceful, reset-graceful',
      'power saving modes entered automatically, power state settable, power cycling supported, HW reset supported, graceful shutdown supported',
      'full power',
    ],
  ]);
  expect(device.computer.seen.power).toBe('on');
  await using isOff = await startAmt({ profile: '9.1', power: off });
  const [row = []] = await isOff.show(powerCapabilities);
  expect([row[0], row[1], row[4]]).toEqual(['off', 'on, cycle', null]);
});

test('the user’s consent: policy, state and times', async () => {
  await using device = await startAmt();
  expect(await device.show(userConsent)).toEqual([['none', 'not started', 120, 300, true]]);
  await using client = await startAmt({ profile: 'ccm' });
  consent(client.simulator.device).start();
  expect(await client.show(userConsent)).toEqual([['all', 'displayed', 120, 300, false]]);
  consent(device.simulator.device).policy = ConsentPolicy.kvm;
  expect(await device.show(userConsent)).toMatchObject([['kvm', 'not started', 120, 300, true]]);
});
