import { describe, expect, test } from 'vitest';
import { bootState } from '../../../../src/simulators/amt/classes/bootState';
import { consent } from '../../../../src/simulators/amt/classes/consent';
import { eventLog } from '../../../../src/simulators/amt/classes/eventLog';
import { faultOf, reference, type Sent, Soap } from './soap';

const none = {
  BIOSPause: false,
  BIOSSetup: false,
  BootMediaIndex: 0,
  ConfigurationDataReset: false,
  FirmwareVerbosity: 0,
  ForcedProgressEvents: false,
  IDERBootDevice: 0,
  LockKeyboard: false,
  LockPowerButton: false,
  LockResetButton: false,
  LockSleepButton: false,
  ReflashBIOS: false,
  UseIDER: false,
  UseSOL: false,
  UseSafeMode: false,
  UserPasswordBypass: false,
} as const;
const pxe = 'Intel(r) AMT: Force PXE Boot';
const https = 'Intel(r) AMT: Force OCR UEFI HTTPS Boot';
/** Vendor 0x8086, type 1, 18 bytes: http://example.org */
const url = 'hoABABIAAABodHRwOi8vZXhhbXBsZS5vcmc=';

const put = (soap: Soap, options: Sent): string => faultOf(soap.put('AMT_BootSettingData', { ...none, ...options }));
const order = (soap: Soap, source?: string): unknown => {
  const input = source === undefined ? {} : { Source: reference('CIM_BootSourceSetting', { InstanceID: source }) };
  return soap.invoke('CIM_BootConfigSetting', 'ChangeBootOrder', input).ReturnValue;
};
const role = (soap: Soap, Role = 1, InstanceID = 'Intel(r) AMT: Boot Configuration 0'): unknown => {
  const input = { BootConfigSetting: reference('CIM_BootConfigSetting', { InstanceID }), Role };
  return soap.invoke('CIM_BootService', 'SetBootConfigRole', input).ReturnValue;
};
const reset = (soap: Soap): unknown => {
  const ManagedElement = reference('CIM_ComputerSystem', { Name: 'ManagedSystem' });
  return soap.invoke('CIM_PowerManagementService', 'RequestPowerStateChange', { PowerState: 10, ManagedElement })
    .ReturnValue;
};
const boots = (soap: Soap) =>
  bootState(soap.device).boots.map(({ source, options }) => ({ source, on: [...options.on].sort() }));

describe('one boot', () => {
  test('from a source, and the next as usual', () => {
    const soap = new Soap();
    expect([put(soap, {}), order(soap, pxe), role(soap)]).toEqual(['ok', '0', '0']);
    expect(soap.get('AMT_BootSettingData').OptionsCleared).toBe('false');
    expect([reset(soap), reset(soap)]).toEqual(['0', '0']);
    expect(boots(soap)).toEqual([
      { source: pxe, on: [] },
      { source: undefined, on: [] },
    ]);
    expect(soap.get('AMT_BootSettingData').OptionsCleared).toBe('true');
  });

  test('into the setup, with options that are gone afterwards', () => {
    const soap = new Soap();
    expect([put(soap, { BIOSSetup: true, UseSOL: true, LockKeyboard: true }), role(soap)]).toEqual(['ok', '0']);
    expect(soap.get('AMT_BootSettingData')).toMatchObject({ BIOSSetup: 'true', UseSOL: 'true', LockKeyboard: 'true' });
    reset(soap);
    expect(boots(soap)).toEqual([{ source: undefined, on: ['BIOSSetup', 'LockKeyboard', 'UseSOL'] }]);
    expect(soap.get('AMT_BootSettingData')).toMatchObject({
      BIOSSetup: 'false',
      UseSOL: 'false',
      LockKeyboard: 'false',
    });
  });

  test('firmware that does not clear keeps them', () => {
    const soap = new Soap({ bootOptions: 'kept' });
    put(soap, { BIOSSetup: true });
    role(soap);
    reset(soap);
    expect(soap.get('AMT_BootSettingData').BIOSSetup).toBe('true');
  });

  test('without a role, or after it was taken back, is as usual', () => {
    const soap = new Soap();
    put(soap, { BIOSSetup: true });
    role(soap);
    expect(role(soap, 32768)).toBe('0');
    reset(soap);
    expect(boots(soap)).toEqual([{ source: undefined, on: [] }]);
  });

  test('an order without a source takes the old one away', () => {
    const soap = new Soap();
    order(soap, pxe);
    expect(order(soap)).toBe('0');
    expect(soap.device.calls.map(({ method }) => method)).toEqual(['ChangeBootOrder', 'ChangeBootOrder']);
    expect(bootState(soap.device).source).toBeUndefined();
  });

  test('with forced progress events writes what it does into the event log', () => {
    const soap = new Soap();
    eventLog(soap.device).clear();
    put(soap, { ForcedProgressEvents: true });
    role(soap);
    reset(soap);
    const records = eventLog(soap.device).records.map((record) => record.subarray(4, 16).toString('hex'));
    expect(records.at(0)).toBe('ff0f6f026801ff2200401300'); // start of the operating system, the newest
    expect(records).toHaveLength(7);
  });
});

describe('what is refused', () => {
  test.each(['BIOSSetup', 'UseSOL', 'UseIDER'])('a source together with %s, whichever comes first', (flag) => {
    const options = new Soap();
    expect(put(options, { [flag]: true })).toBe('ok');
    expect(order(options, pxe)).toBe('5');
    const source = new Soap();
    order(source, pxe);
    expect(put(source, { [flag]: true })).toBe('InvalidRepresentation InvalidValues');
  });

  test('an option that the computer does not have, a missing one, and one out of range', () => {
    const soap = new Soap();
    expect(put(soap, { LockPowerButton: true })).toBe('InvalidRepresentation InvalidValues');
    expect(put(soap, { BootMediaIndex: 99 })).toBe('InvalidRepresentation InvalidValues');
    const { UseSOL: _, ...incomplete } = none;
    expect(faultOf(soap.put('AMT_BootSettingData', incomplete))).toBe('InvalidRepresentation MissingValues');
  });

  test('sources and configurations that do not exist', () => {
    const soap = new Soap();
    expect([order(soap, 'Intel(r) AMT: Force Diagnostic Boot'), role(soap, 1, 'another'), role(soap, 7)]).toEqual([
      '4',
      '4',
      '5',
    ]);
  });
});

describe('boot over HTTPS', () => {
  const boot = (soap: Soap, options: Sent) => [put(soap, options), order(soap, https), role(soap)];

  test('over TLS, with a URL, where it is switched on', () => {
    const soap = new Soap({ profile: '15.0' }, 'admin', 'tls');
    const parameters = { UefiBootParametersArray: url, UefiBootNumberOfParams: 1, ForcedProgressEvents: true };
    expect(boot(soap, parameters)).toEqual(['ok', '0', '0']);
    expect(bootState(soap.device).options.parameters.map(({ type, value }) => [type, value.toString()])).toEqual([
      [1, 'http://example.org'],
    ]);
    reset(soap);
    const progress = eventLog(soap.device)
      .records.slice(0, 7)
      .map((record) => record.subarray(13, 17).toString('hex'));
    expect(progress.reverse()).toEqual([
      'aa300000',
      'aa300102',
      'aa300200',
      'aa300300',
      'aa300400',
      'aa300500',
      'aa300600',
    ]);
  });

  test('not without a URL, not without TLS, not when it is switched off, not on AMT 12', () => {
    const parameters = { UefiBootParametersArray: url, UefiBootNumberOfParams: 1 };
    expect(boot(new Soap({}, 'admin', 'tls'), {})[1]).toBe('5');
    expect(boot(new Soap(), parameters)[1]).toBe('6');
    const off = new Soap({}, 'admin', 'tls');
    off.invoke('CIM_BootService', 'RequestStateChange', { RequestedState: 32768 });
    expect(boot(off, parameters)[1]).toBe('1');
    expect(off.get('CIM_BootService').EnabledState).toBe('32768');
    expect(boot(new Soap({ profile: '12.0' }, 'admin', 'tls'), parameters)[1]).toBe('4');
  });

  test.each([
    ['cut off', 'hoABABIAAABo', 1],
    ['of another vendor', 'AAABAAEAAABo', 1],
    ['of a type that nobody knows', 'hoAJAAEAAABo', 1],
    ['another number of them', url, 2],
  ])('parameters %s are refused', (_, UefiBootParametersArray, UefiBootNumberOfParams) => {
    const soap = new Soap({}, 'admin', 'tls');
    expect(put(soap, { UefiBootParametersArray, UefiBootNumberOfParams })).toBe('InvalidRepresentation InvalidValues');
  });
});

describe('erasing', () => {
  test('the platform: only over TLS, only where that is switched on', () => {
    const soap = new Soap({ profile: '16.1' }, 'admin', 'tls');
    expect(put(soap, { PlatformErase: true })).toBe('ok');
    soap.invoke('CIM_BootService', 'RequestStateChange', { RequestedState: 32769 });
    expect(put(soap, { PlatformErase: true })).toBe('InvalidRepresentation InvalidValues');
    expect(put(new Soap({ profile: '16.1' }), { PlatformErase: true })).toBe('InvalidRepresentation InvalidValues');
    expect(put(new Soap({ profile: '15.0' }, 'admin', 'tls'), { PlatformErase: true })).toBe(
      'InvalidRepresentation InvalidValues',
    );
  });

  test('disks: from AMT 11 on, and the status says so', () => {
    const soap = new Soap({ profile: '12.0' });
    expect(put(soap, { SecureErase: true })).toBe('ok');
    role(soap);
    reset(soap);
    expect(soap.get('AMT_BootSettingData').BIOSLastStatus).toEqual(['0', '0']);
    expect(put(new Soap({ profile: '9.1' }), { SecureErase: true })).toBe('InvalidRepresentation InvalidValues');
  });
});

describe('in client control mode', () => {
  test('options need consent at every step', () => {
    const soap = new Soap({ profile: 'ccm' });
    expect(put(soap, { BIOSSetup: true })).toBe('AccessDenied');
    expect(order(soap, pxe)).toBe('2081');
    expect(put(soap, {})).toBe('ok');
    soap.invoke('IPS_OptInService', 'StartOptIn');
    soap.invoke('IPS_OptInService', 'SendOptInCode', { OptInCode: consent(soap.device).code! });
    expect([put(soap, {}), order(soap, pxe), role(soap), reset(soap)]).toEqual(['ok', '0', '0', '0']);
    expect(boots(soap)).toEqual([{ source: pxe, on: [] }]);
  });

  test('some firmware takes the calls all the same, and boots as usual', () => {
    const soap = new Soap({ profile: 'ccm', withoutConsent: 'ignored' });
    expect([put(soap, { BIOSSetup: true }), role(soap), reset(soap)]).toEqual(['ok', '0', '0']);
    expect(boots(soap)).toEqual([{ source: undefined, on: [] }]);
  });
});
