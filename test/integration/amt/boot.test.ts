import { describe, expect, test } from 'vitest';
import { bootOverride } from '../../../src/operations/boot/override';
import { bootState } from '../../../src/simulators/amt/classes/bootState';
import { redirectionSessions } from '../../../src/simulators/amt/classes/redirectionSessions';
import { startAmt, type TestAmt } from '../../fakes/amtDevice';

const off = 8;

const sequence = [
  'CIM_BootConfigSetting.ChangeBootOrder',
  'AMT_BootSettingData.Put',
  'CIM_BootService.SetBootConfigRole',
];

/** The boots that have happened: their source, and the options that were on. */
function boots({ simulator: { device } }: TestAmt): readonly object[] {
  return bootState(device).boots.map(({ source, options }) => ({ source, on: [...options.on] }));
}

describe.each(['9.1', '12.0', '15.0', '16.1', 'ism'] as const)('AMT %s', (profile) => {
  test('PXE once: now, then, done, already; and it boots so', async () => {
    await using device = await startAmt({ profile });
    expect(await device.plan(bootOverride, { device: 'pxe' })).toMatchObject({
      now: 'no override',
      then: 'pxe once',
      why: 'by AMT',
    });
    const value = { boot: 'pxe once' };
    expect(await device.run(bootOverride, { device: 'pxe' })).toMatchObject({ outcome: 'done', value });
    expect(device.changes).toEqual([...sequence, 'CIM_BootConfigSetting.ChangeBootOrder']);
    expect(await device.now(bootOverride, { device: 'pxe' })).toBe('pxe once');
    expect(await device.run(bootOverride, { device: 'pxe' })).toMatchObject({ outcome: 'already', value });
    expect(device.changes).toHaveLength(4);

    expect(await device.run(bootOverride, { device: 'pxe', power: 'reset' })).toMatchObject({ outcome: 'done', value });
    expect(device.changes.slice(4)).toEqual(['CIM_PowerManagementService.RequestPowerStateChange']);
    expect(boots(device)).toEqual([{ source: 'Intel(r) AMT: Force PXE Boot', on: [] }]);
    expect(await device.now(bootOverride, { device: 'pxe' })).toBe('no override');
  });

  test('the setup of the firmware, with options', async () => {
    await using device = await startAmt({ profile, power: off });
    const given = { device: 'bios', lockKeyboard: true, bypassPassword: true, progressEvents: true, sol: true };
    const boot = 'bios once, keyboard locked, password bypassed, progress events, text over SOL';
    expect(await device.plan(bootOverride, given)).toMatchObject({ then: boot });
    expect(await device.run(bootOverride, { ...given, power: 'on' })).toMatchObject({
      outcome: 'done',
      value: { boot },
    });
    expect(device.changes).toEqual([...sequence, 'CIM_PowerManagementService.RequestPowerStateChange']);
    const on = ['BIOSSetup', 'ForcedProgressEvents', 'LockKeyboard', 'UseSOL', 'UserPasswordBypass'];
    expect(boots(device)).toEqual([{ source: undefined, on }]);
  });
});

test('none takes back what was asked for, and nothing when there is nothing', async () => {
  await using device = await startAmt();
  expect(await device.run(bootOverride, { device: 'none' })).toMatchObject({ outcome: 'already' });
  expect(device.changes).toEqual([]);
  await device.run(bootOverride, { device: 'cd', bootIndex: 2 });
  expect(await device.now(bootOverride, { device: 'none' })).toBe('cd 2 once');
  const value = { boot: 'no override' };
  expect(await device.run(bootOverride, { device: 'none' })).toMatchObject({ outcome: 'done', value });
  expect(device.changes.slice(4)).toEqual(sequence);
  expect(device.simulator.calls.at(-1)?.parameters.Role).toBe('32768');
  expect(await device.run(bootOverride, { device: 'none', power: 'reset' })).toMatchObject({ outcome: 'done' });
  expect(boots(device)).toEqual([{ source: undefined, on: [] }]);
});

test('one override takes the place of another that excludes it', async () => {
  await using device = await startAmt();
  await device.run(bootOverride, { device: 'disk' });
  const note =
    'It boots from what a console lends it: a drive must be redirected before it starts, or it boots as usual.';
  const value = { boot: 'remote-cd once' };
  expect(await device.run(bootOverride, { device: 'remote-cd' })).toMatchObject({ outcome: 'done', value, note });
  expect(await device.run(bootOverride, { device: 'remote-floppy' })).toMatchObject({ outcome: 'done' });
  expect(await device.run(bootOverride, { device: 'disk', bootIndex: 1 })).toMatchObject({
    outcome: 'done',
    value: { boot: 'disk 1 once' },
  });
});

test('a firmware that never clears its options is told all of them each time', async () => {
  await using device = await startAmt({ bootOptions: 'kept' });
  await device.run(bootOverride, { device: 'bios', lockKeyboard: true, power: 'reset' });
  expect(await device.run(bootOverride, { device: 'pxe', power: 'reset' })).toMatchObject({ outcome: 'done' });
  expect(boots(device)).toEqual([
    { source: undefined, on: ['BIOSSetup', 'LockKeyboard'] },
    { source: 'Intel(r) AMT: Force PXE Boot', on: [] },
  ]);
});

describe('One-Click Recovery', () => {
  const url = 'https://boot.example/tools.efi';

  test('boots over HTTPS what it is told, with a login from a stored secret', async () => {
    await using device = await startAmt({ tls: true, passwords: { images: 'swordfish' } });
    const given = { device: 'https', url, urlUser: 'fetch', urlPasswordOf: 'images', syncRootCertificates: true };
    expect(await device.run(bootOverride, { ...given, power: 'reset' })).toMatchObject({ outcome: 'done' });
    const [past] = bootState(device.simulator.device).boots;
    expect(past?.source).toBe('Intel(r) AMT: Force OCR UEFI HTTPS Boot');
    const text = new TextDecoder();
    expect(past?.options.parameters.map(({ type, value }) => [type, text.decode(value)])).toEqual([
      [1, url],
      [20, '\u0001'],
      [40, 'fetch'],
      [41, 'swordfish'],
    ]);
    expect(JSON.stringify(device.ledger.headers)).not.toContain('swordfish');
  });

  test.each([
    ['recovery', 'Intel(r) AMT: Force OCR UEFI Boot Option 1'],
    ['pba', 'Intel(r) AMT: Force OCR UEFI Boot Option 2'],
  ])('boots into %s', async (device_, source) => {
    await using device = await startAmt({ profile: '16.1' });
    const value = { boot: `${device_} once` };
    expect(await device.run(bootOverride, { device: device_ })).toMatchObject({ outcome: 'done', value });
    expect(await device.run(bootOverride, { device: device_ })).toMatchObject({ outcome: 'already', value });
    expect(bootState(device.simulator.device).source).toBe(source);
  });

  test('a second pre-boot application that there is not is refused before anything is changed', async () => {
    await using device = await startAmt({ tls: true });
    expect(await device.run(bootOverride, { device: 'pba', bootIndex: 2 })).toMatchObject({
      error: { code: 'device.unsupported', message: 'lab-01: the firmware lists no number 2 of pre-boot applications' },
    });
    expect(device.changes).toEqual([]);
  });

  test.each([
    ['in clear', {}, 'a boot from HTTPS is asked for over TLS only'],
    ['on old firmware', { profile: '12.0', tls: true }, 'the firmware does not offer a boot from HTTPS'],
  ] as const)('is impossible %s', async (_, options, impossible) => {
    await using device = await startAmt(options);
    expect(await device.plan(bootOverride, { device: 'https', url })).toMatchObject({ impossible, ways: [] });
    expect(await device.run(bootOverride, { device: 'https', url })).toMatchObject({ outcome: 'skipped' });
    expect(device.changes).toEqual([]);
  });

  test('is impossible where it is switched off', async () => {
    await using device = await startAmt({ tls: true });
    bootState(device.simulator.device).serviceState = 32768;
    expect(await device.plan(bootOverride, { device: 'recovery' })).toMatchObject({
      impossible: 'One-Click Recovery is switched off in AMT',
    });
  });
});

test.each([
  [{ device: 'diagnostics' }, 'the firmware does not offer a boot from diagnostics'],
  [{ device: 'safe-mode' }, 'the firmware does not offer a boot from the disk in safe mode'],
  [{ device: 'pxe', lockPowerButton: true }, 'the firmware does not offer locking the power button'],
  [{ device: 'pxe', lockSleepButton: true }, 'the firmware does not offer locking the sleep button'],
  [{ device: 'bios', verbosity: 'blank' }, 'the firmware does not offer the verbosity blank'],
  [{ device: 'pxe', sol: true }, 'a boot from PXE shows no text over SOL'],
])('%j is impossible on this computer, and the plan says why', async (given, impossible) => {
  await using device = await startAmt();
  expect(await device.plan(bootOverride, given)).toMatchObject({ why: 'impossible', impossible });
  expect(await device.run(bootOverride, given)).toMatchObject({
    outcome: 'skipped',
    error: { code: 'operation.impossible', message: `lab-01: ${impossible}` },
  });
  expect(device.changes).toEqual([]);
  expect(device.computer.seen.problem).toBeUndefined();
});

test.each([
  [{ device: 'pxe', once: false }, 'AMT sets the next boot only, not every boot'],
  [{ device: 'pxe', uefi: true }, 'AMT leaves it to the firmware whether it boots in UEFI or in legacy mode'],
  [{ device: 'pxe', clearCmos: true }, 'AMT clears no CMOS'],
  [{ device: 'floppy' }, 'AMT has no boot device floppy'],
  [{ device: 'pxe', bootIndex: 1 }, 'there is only one pxe: bootIndex is for others'],
])('%j is impossible by AMT, and nobody is asked', async (given, impossible) => {
  await using device = await startAmt();
  expect(await device.run(bootOverride, given)).toMatchObject({ outcome: 'skipped', error: { message: impossible } });
  expect(device.simulator.counters.requests).toBe(0);
});

test.each([
  [{ device: 'https' }, 'device https needs what to boot'],
  [{ device: 'pxe', url: 'https://a/b' }, 'only device https takes url'],
  [{ device: 'https', url: 'https://a/b', urlUser: 'me' }, 'urlUser and urlPasswordOf go together'],
  [{ device: 'https', url: 'http://a/b' }, 'parameter url'],
])('%j is a mistake', async (given, message) => {
  await using device = await startAmt();
  await expect(device.run(bootOverride, given)).rejects.toMatchObject({
    code: 'usage.invalid',
    message: expect.stringContaining(message) as string,
  });
});

test.each([
  ['CIM_BootConfigSetting.ChangeBootOrder', 1, 'ChangeBootOrder'],
  ['AMT_BootSettingData.Put', 2, 'changed before: boot source cleared'],
  ['CIM_BootService.SetBootConfigRole', 3, 'changed before: boot source cleared, boot options'],
])('a lost answer to %s ends unknown, and nothing follows', async (what, count, message) => {
  await using device = await startAmt();
  device.simulator.faults.loseAnswerTo(what);
  const result = await device.run(bootOverride, { device: 'pxe', power: 'reset' });
  expect(result).toMatchObject({ outcome: 'unknown', error: { code: 'connect.lost' } });
  if (count > 1) expect(result.error?.message).toContain(message);
  expect(device.changes).toHaveLength(count);
  expect(boots(device)).toEqual([]);
});

test('a reset whose answer is lost ends unknown: the override is held, or used', async () => {
  await using device = await startAmt();
  device.simulator.faults.loseAnswerTo('RequestPowerStateChange');
  expect(await device.run(bootOverride, { device: 'pxe', power: 'reset' })).toMatchObject({ outcome: 'unknown' });
  expect(boots(device)).toHaveLength(1);
});

test.each([
  ['off', 8, 'lab-01 is off', 'Use `power: on` for a computer that is off.'],
  ['asleep', 4, 'lab-01 is sleeping, so it takes no reset', 'It takes now: on, off, cycle.'],
] as const)(
  'a reset of a computer that is %s is refused before anything is changed',
  async (_, power, message, hint) => {
    await using device = await startAmt({ power });
    const { error } = await device.run(bootOverride, { device: 'pxe', power: 'reset' });
    expect(error).toEqual({ code: 'device.state', message, hint });
    expect(device.changes).toEqual([]);
  },
);

test('a cycle that an open session prevents says that the override is held', async () => {
  await using device = await startAmt();
  redirectionSessions(device.simulator.device).add('SOL');
  const { outcome, error } = await device.run(bootOverride, { device: 'pxe', power: 'cycle' });
  expect({ outcome, code: error?.code }).toEqual({ outcome: 'unknown', code: 'device.busy' });
  expect(error?.message).toMatch(/; changed before: boot override$/);
  expect(await device.now(bootOverride, { device: 'pxe' })).toBe('pxe once');
});

test('what is dangerous is said before', () => {
  const warnings = (given: object) => bootOverride.warnings?.(bootOverride.parameters.parse(given));
  expect(warnings({ device: 'pxe' })).toEqual([]);
  expect(warnings({ device: 'none', clearCmos: true, bypassPassword: true, verbosity: 'blank' })).toEqual([
    'All firmware settings are lost at the next boot.',
    'The next boot does not ask for the firmware’s password.',
    'The screen stays dark during the next boot.',
  ]);
});
