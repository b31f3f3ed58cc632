import { expect, test } from 'vitest';
import { bootOverride } from '../../../../src/operations/boot/override';
import { AmtStub, recorded, referenceTo, returned, type StubAnswer } from '../../../fakes/amtStub';

const order = 'CIM_BootConfigSetting.ChangeBootOrder';
const role = 'CIM_BootService.SetBootConfigRole';
const put = 'Put AMT_BootSettingData';
const powerState = 'Get CIM_AssociatedPowerManagementService';
const off =
  '<g:CIM_AssociatedPowerManagementService><g:PowerState>8</g:PowerState></g:CIM_AssociatedPowerManagementService>';
const settings = recorded('amt/boot/settingdata/get.xml');

/** A recorded device, which takes everything. */
function device(answers: Readonly<Record<string, StubAnswer>> = {}): AmtStub {
  return new AmtStub({
    'Get AMT_BootCapabilities': recorded('amt/boot/capabilities/get.xml'),
    'Get AMT_BootSettingData': settings,
    [order]: recorded('cim/boot/configsetting/changebootorder.xml'),
    [role]: recorded('cim/boot/service/setbootconfigrole.xml'),
    ...answers,
  });
}

/** The names of the requests, without keys and bodies. */
function namesOf({ changes }: AmtStub): readonly string[] {
  return changes.map((change) => change.replace(/( InstanceID=.*|:.*)$/s, ''));
}

test('the order of calls of a recorded device, and what is sent with them', async () => {
  const stub = device();
  const result = await stub.run(bootOverride, { device: 'pxe', lockKeyboard: true });
  expect(result).toEqual({
    outcome: 'done',
    value: { boot: 'pxe once, keyboard locked' },
    note: 'The firmware accepted the boot source, and does not tell it back.',
  });
  expect(namesOf(stub)).toEqual([order, put, role, order]);
  const [clear, sent, use, choose] = stub.changes;
  expect(clear).toBe(`${order} InstanceID=Intel(r) AMT: Boot Configuration 0: ` + '<r:ChangeBootOrder_INPUT/>');
  expect(use).toContain('<w:Selector Name="InstanceID">Intel(r) AMT: Boot Configuration 0</w:Selector>');
  expect(use).toContain('<r:Role>1</r:Role>');
  expect(choose).toContain('<w:Selector Name="InstanceID">Intel(r) AMT: Force PXE Boot</w:Selector>');
  // What devices only tell is not sent back; all else is, in their order.
  const properties = [...(sent ?? '').matchAll(/<r:(\w+)(?:\/>|>([^<]*)<\/)/g)].map(
    ([, name = '', value = '']) => `${name}=${value}`,
  );
  expect(properties).toEqual([
    'BIOSPause=false',
    'BIOSSetup=false',
    'BootMediaIndex=0',
    'ConfigurationDataReset=false',
    'ElementName=Intel(r) AMT Boot Configuration Settings',
    'EnforceSecureBoot=false',
    'FirmwareVerbosity=0',
    'ForcedProgressEvents=false',
    'IDERBootDevice=0',
    'InstanceID=Intel(r) AMT:BootSettingData 0',
    'LockKeyboard=true',
    'LockPowerButton=false',
    'LockResetButton=false',
    'LockSleepButton=false',
    'OwningEntity=Intel(r) AMT',
    'PlatformErase=false',
    'RSEPassword=',
    'ReflashBIOS=false',
    'SecureErase=false',
    'UefiBootNumberOfParams=0',
    'UseIDER=false',
    'UseSOL=false',
    'UseSafeMode=false',
    'UserPasswordBypass=false',
  ]);
});

test('firmware that does not tell the boot source is told it each time', async () => {
  const stub = device();
  await stub.run(bootOverride, { device: 'pxe' });
  await expect(stub.run(bootOverride, { device: 'pxe' })).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toHaveLength(8);
});

test('firmware that tells everything is not told it twice', async () => {
  const stub = device({
    'Enumerate CIM_OrderedComponent': [
      ordered('Intel(r) AMT: Force Hard-drive Boot', 0),
      ordered('Intel(r) AMT: Force PXE Boot', 1),
    ].join(''),
    'Enumerate CIM_ElementSettingData':
      '<h:CIM_ElementSettingData><h:IsNext>3</h:IsNext>' +
      `<h:SettingData>${referenceTo('CIM_BootConfigSetting', { InstanceID: 'Intel(r) AMT: Boot Configuration 0' })}</h:SettingData>` +
      '</h:CIM_ElementSettingData>',
  });
  await expect(stub.now(bootOverride, { device: 'none' })).resolves.toBe('pxe once');
  await expect(stub.run(bootOverride, { device: 'pxe' })).resolves.toEqual({
    outcome: 'already',
    value: { boot: 'pxe once' },
  });
  expect(stub.changes).toEqual([]);
});

function ordered(InstanceID: string, sequence: number): string {
  return (
    `<h:CIM_OrderedComponent><h:AssignedSequence>${sequence}</h:AssignedSequence>` +
    `<h:PartComponent>${referenceTo('CIM_BootSourceSetting', { InstanceID })}</h:PartComponent></h:CIM_OrderedComponent>`
  );
}

test.each([
  [order, 'ChangeBootOrder', 3, 'device.busy', 'none', /^clear the boot source: the device is busy \(3 BUSY\)$/, 1],
  [
    role,
    'SetBootConfigRole',
    5,
    'device.refused',
    'unknown',
    /; changed before: boot source cleared, boot options$/,
    3,
  ],
] as const)(
  'a refused %s stops, and names what was changed before',
  async (name, method, value, code, effect, message, count) => {
    const stub = device({ [name]: returned(method, value) });
    await expect(stub.run(bootOverride, { device: 'pxe' })).rejects.toMatchObject({
      code,
      effect,
      message: expect.stringMatching(message) as string,
    });
    expect(stub.changes).toHaveLength(count);
  },
);

test('the intent goes before the first change: with the override that is held, or with the power where that changes', async () => {
  const override = device();
  await override.runRecorded(bootOverride, { device: 'pxe' });
  expect(namesOf(override)).toEqual(['intend no override', order, put, role, order]);
  const withPower = device({ [powerState]: off });
  // The recorded device refuses to turn on.
  await withPower.runRecorded(bootOverride, { device: 'pxe', power: 'on' }).catch(() => undefined);
  const request = 'CIM_PowerManagementService.RequestPowerStateChange';
  expect(namesOf(withPower)).toEqual(['intend off', order, put, role, order, request]);
});

test('options that are accepted and not held are unverified, and the power is left alone', async () => {
  const stub = device({ [put]: settings, [powerState]: off });
  await expect(stub.run(bootOverride, { device: 'bios', lockKeyboard: true, power: 'on' })).resolves.toEqual({
    outcome: 'unverified',
    value: { boot: 'no override' },
    note: 'Accepted, but it does not hold: LockKeyboard, BIOSSetup. The power was left alone.',
  });
});

test('firmware without newer options is not sent them', async () => {
  const newer = /<g:(EnforceSecureBoot|PlatformErase|SecureErase|UefiBootNumberOfParams|RPEEnabled)>[^<]*<\/g:\1>\s*/g;
  const stub = device({ 'Get AMT_BootSettingData': settings.replace(newer, '') });
  await expect(stub.run(bootOverride, { device: 'bios' })).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes[1]).not.toMatch(/EnforceSecureBoot|PlatformErase|SecureErase|UefiBootNumberOfParams/);
});

test('the recorded device says what it lacks', async () => {
  const stub = device();
  await expect(stub.lacks(bootOverride, { device: 'diagnostics' })).resolves.toBe(
    'the firmware does not offer a boot from diagnostics',
  );
  await expect(stub.lacks(bootOverride, { device: 'bios', verbosity: 'quiet' })).resolves.toBe(
    'the firmware does not offer the verbosity quiet',
  );
  await expect(stub.lacks(bootOverride, { device: 'bios', sol: true, progressEvents: true })).resolves.toBeUndefined();
});
