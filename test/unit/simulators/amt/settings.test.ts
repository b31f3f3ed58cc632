import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { redirectionSessions } from '../../../../src/simulators/amt/classes/redirectionSessions';
import { WsmanService } from '../../../../src/simulators/amt/wsmanService';
import { readRequest } from '../../../../src/simulators/amt/wire/readRequest';
import { faultOf, type Sent, Soap } from './soap';

describe('general settings', () => {
  const required = { PingResponseEnabled: true, WsmanOnlyMode: false };
  const put = (soap: Soap, settings: Sent): string => faultOf(soap.put('AMT_GeneralSettings', settings));

  test('what is sent is kept, what is left out stays, what may not be set is passed over', () => {
    const soap = new Soap({ hostName: 'lab-01' });
    const { DigestRealm } = soap.get('AMT_GeneralSettings');
    expect(put(soap, { ...required, PingResponseEnabled: false, IdleWakeTimeout: 30, DigestRealm: 'other' })).toBe(
      'ok',
    );
    expect(soap.get('AMT_GeneralSettings')).toMatchObject({
      DigestRealm,
      HostName: 'lab-01',
      IdleWakeTimeout: '30',
      PingResponseEnabled: 'false',
      PrivacyLevel: '0',
    });
    expect(soap.device.calls).toMatchObject([{ method: 'Put', resource: 'AMT_GeneralSettings', returned: 0 }]);
  });

  test.each([
    { HostName: 'x'.repeat(64) },
    { DomainName: 'x'.repeat(192) },
    { IdleWakeTimeout: 0 },
    { IdleWakeTimeout: 65_536 },
    { IdleWakeTimeout: 'soon' },
    { PresenceNotificationInterval: 14 },
    { DDNSPeriodicUpdateInterval: 19 },
    { PreferredAddressFamily: 2 },
    { SharedFQDN: 'perhaps' },
  ] as readonly Sent[])('%o is refused, and nothing is changed', (settings) => {
    const soap = new Soap();
    const before = soap.get('AMT_GeneralSettings');
    expect(put(soap, { ...required, ...settings })).toBe('InvalidRepresentation InvalidValues');
    expect(soap.get('AMT_GeneralSettings')).toEqual(before);
    expect(soap.device.calls).toEqual([]);
  });

  test('two of them must be sent', () => {
    expect(put(new Soap(), { PingResponseEnabled: true })).toBe('InvalidRepresentation MissingValues');
  });

  test('the network off: the device goes dark, still set up', () => {
    const soap = new Soap();
    expect(put(soap, { ...required, AMTNetworkEnabled: 0 })).toBe('ok');
    expect([soap.device.isDark, soap.device.isProvisioned]).toEqual([true, true]);
  });
});

describe('redirection', () => {
  test('SOL and IDE-R by one state, the listener by Put', () => {
    const soap = new Soap();
    soap.invoke('AMT_RedirectionService', 'RequestStateChange', { RequestedState: 32770 });
    expect(faultOf(soap.put('AMT_RedirectionService', { EnabledState: 32770, ListenerEnabled: false }))).toBe('ok');
    expect(soap.get('AMT_RedirectionService')).toMatchObject({ EnabledState: '32770', ListenerEnabled: 'false' });
    expect(soap.invoke('AMT_RedirectionService', 'RequestStateChange', { RequestedState: 2 }).ReturnValue).toBe('36');
  });

  test('KVM has states of its own, and no place on standard manageability', () => {
    const soap = new Soap();
    const kvm = (RequestedState: number): unknown =>
      soap.invoke('CIM_KVMRedirectionSAP', 'RequestStateChange', { RequestedState }).ReturnValue;
    expect([kvm(3), soap.get('CIM_KVMRedirectionSAP').EnabledState]).toEqual(['0', '3']);
    expect([kvm(2), soap.get('CIM_KVMRedirectionSAP').EnabledState]).toEqual(['0', '6']);
    redirectionSessions(soap.device).add('KVM');
    expect(soap.get('CIM_KVMRedirectionSAP').EnabledState).toBe('2');
    expect(kvm(7)).toBe('1');
    expect(() => new Soap({ profile: 'ism' }).get('CIM_KVMRedirectionSAP')).toThrow('DestinationUnreachable');
  });

  test('the password of the KVM port: eight characters of four kinds, never told; empty leaves it', () => {
    const soap = new Soap();
    const put = (RFBPassword: string): string => {
      const rest = { Is5900PortEnabled: true, OptInPolicy: false, SessionTimeout: 10 };
      return faultOf(soap.put('IPS_KVMRedirectionSettingData', { ...rest, RFBPassword }));
    };
    expect([put('P@ssw0rd'), put(''), put('password'), put('P@ssw0rds'), put('P,ssw0rd')]).toEqual([
      'ok',
      'ok',
      ...Array.from({ length: 3 }, () => 'InvalidRepresentation InvalidValues'),
    ]);
    expect(soap.get('IPS_KVMRedirectionSettingData')).toMatchObject({ Is5900PortEnabled: 'true', RFBPassword: '' });
  });
});

describe('power schemes', () => {
  test('the one in force is set by its selector', () => {
    const soap = new Soap({ hardware: 'laptop' });
    const current = (): readonly unknown[] => soap.list('CIM_ElementSettingData').map(({ IsCurrent }) => IsCurrent);
    expect(soap.list('AMT_SystemPowerScheme').map(({ InstanceID }) => InstanceID)).toEqual(['SCHEME 0', 'SCHEME 1']);
    expect(current().slice(0, 2)).toEqual(['2', '1']);
    soap.invoke('AMT_SystemPowerScheme', 'SetPowerScheme', {}, { InstanceID: 'SCHEME 0' });
    expect(current().slice(0, 2)).toEqual(['1', '2']);
    expect(faultOf(soap.call('AMT_SystemPowerScheme', 'SetPowerScheme'))).toBe(
      'InvalidSelectors InsufficientSelectors',
    );
  });
});

describe('the clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is read and set', () => {
    const soap = new Soap();
    const read = (): unknown => soap.invoke('AMT_TimeSynchronizationService', 'GetLowAccuracyTimeSynch').Ta0;
    const set = (times: Sent): unknown =>
      soap.invoke('AMT_TimeSynchronizationService', 'SetHighAccuracyTimeSynch', times).ReturnValue;
    expect(read()).toBe('1700000000');
    expect(set({ Ta0: 1_700_000_000, Tm1: 1_700_003_600, Tm2: 1_700_003_600 })).toBe('0');
    expect(read()).toBe('1700003600');
    expect([set({ Ta0: 0, Tm1: 1, Tm2: 1 }), set({ Ta0: 5, Tm1: 5, Tm2: 4 })]).toEqual(['34', '34']);
  });
});

describe('accounts', () => {
  const digest = (user: string, soap: Soap): string =>
    createHash('md5').update(`${user}:${soap.device.digestRealm}:secret`).digest('base64');

  test('are added, told, switched off, changed and removed by their handle', () => {
    const soap = new Soap();
    const all = (method: string, input: Sent) => soap.invoke('AMT_AuthorizationService', method, input);
    const entry = {
      DigestUsername: 'reader',
      DigestPassword: digest('reader', soap),
      AccessPermission: 2,
      Realms: [4, 13],
    };
    const { Handle } = all('AddUserAclEntryEx', entry);
    expect(all('AddUserAclEntryEx', entry)).toEqual({ ReturnValue: '2058' });
    expect(all('EnumerateUserAclEntries', { StartIndex: 1 })).toEqual({
      TotalCount: '1',
      HandlesCount: '1',
      Handles: Handle,
      ReturnValue: '0',
    });
    expect(all('GetUserAclEntryEx', { Handle: String(Handle) })).toMatchObject({
      DigestUsername: 'reader',
      Realms: ['4', '13'],
    });
    expect(all('SetAclEnabledState', { Handle: String(Handle), Enabled: false })).toEqual({ ReturnValue: '0' });
    expect(all('GetAclEnabledState', { Handle: String(Handle) })).toEqual({ Enabled: 'false', ReturnValue: '0' });
    expect(all('RemoveUserAclEntry', { Handle: String(Handle) })).toEqual({ ReturnValue: '0' });
    expect(all('GetUserAclEntryEx', { Handle: String(Handle) })).toEqual({ ReturnValue: '2068' });
    expect(all('AddUserAclEntryEx', { ...entry, Realms: [1] })).toEqual({ ReturnValue: '2055' });
  });

  test('may do what their realms allow', () => {
    const accounts = [{ name: 'reader', password: 'secret', realms: [4] }];
    const soap = new Soap({ accounts }, 'reader');
    expect(soap.get('CIM_Chassis').Model).toBe('NUC9V7QNX');
    expect(() => soap.get('AMT_AuditLog')).toThrow('AccessDenied');
    expect(() => soap.list('AMT_AuditLog')).toThrow('AccessDenied');
    const input = { PowerState: 8 };
    expect(faultOf(soap.call('CIM_PowerManagementService', 'RequestPowerStateChange', input))).toBe('AccessDenied');
    expect(faultOf(soap.put('AMT_GeneralSettings', {}))).toBe('AccessDenied');
    const operator = new Soap({ accounts: [{ name: 'operator', password: 'secret', realms: [5] }] }, 'operator');
    expect(() => operator.get('CIM_Chassis')).toThrow('AccessDenied');
    expect(faultOf(operator.call('CIM_PowerManagementService', 'RequestPowerStateChange', input))).toBe(
      'InvalidRepresentation MissingValues',
    );
  });
});

describe('setting up and taking down', () => {
  test.each([
    { profile: '15.0', mode: { ProvisioningMode: '1', CurrentControlMode: '2' } },
    { profile: 'ccm', mode: { ProvisioningMode: '4', CurrentControlMode: '1' } },
  ] as const)('$profile says its control mode', ({ profile, mode }) => {
    const soap = new Soap({ profile });
    const { ProvisioningMode } = soap.get('AMT_SetupAndConfigurationService');
    const { CurrentControlMode } = soap.get('IPS_HostBasedSetupService');
    expect({ ProvisioningMode, CurrentControlMode }).toEqual(mode);
  });

  test('a locked audit log forbids to unprovision', () => {
    const soap = new Soap();
    const lock = (input: Sent) => soap.invoke('AMT_AuditLog', 'SetAuditLock', input);
    const unprovision = (): unknown =>
      soap.invoke('AMT_SetupAndConfigurationService', 'Unprovision', { ProvisioningMode: 1 }).ReturnValue;
    const { Handle } = lock({ LockTimeoutInSeconds: 300, Flag: 1 });
    expect([unprovision(), soap.device.isProvisioned]).toEqual(['16', true]);
    lock({ Flag: 2, Handle: String(Handle) });
    expect([unprovision(), soap.device.isProvisioned]).toEqual(['0', false]);
  });
});

describe('requests that make no sense', () => {
  test.each([
    ['an unknown class', 'AMT_Nothing', 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get', 'DestinationUnreachable'],
    ['an operation of none', 'CIM_Chassis', 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Put', 'ActionNotSupported'],
    [
      'an unknown method',
      'CIM_Chassis',
      'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Chassis/Sit',
      'ActionNotSupported',
    ],
    ['no action', 'CIM_Chassis', '', 'MessageInformationHeaderRequired'],
  ] as const)('%s', (_, name, action, fault) => {
    expect(faultOf(new Soap().send(action, name, {}))).toBe(fault);
  });

  test('selectors of another class, and of no instance', () => {
    const soap = new Soap();
    expect(() => soap.get('CIM_Chassis', { Nonsense: 1 })).toThrow('InvalidSelectors');
    expect(() => soap.get('CIM_Chassis', { Tag: 'another' })).toThrow('DestinationUnreachable');
  });

  test('a mistake of the simulator is a fault of the device, and is kept for whoever looks', () => {
    const { device } = new Soap();
    const service = new WsmanService(device);
    Object.defineProperty(device, 'hardware', { value: undefined });
    const body =
      '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" ' +
      'xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Header><a:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/Get' +
      '</a:Action><w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Chassis</w:ResourceURI>' +
      '<a:MessageID>1</a:MessageID></s:Header><s:Body/></s:Envelope>';
    const caller = { account: 'admin', isSecure: false, from: '' };
    const { status, envelope } = service.answer(readRequest(Buffer.from(body))!, caller);
    expect([status, envelope.includes('e:InternalError')]).toEqual([500, true]);
    expect(device.errors).toHaveLength(1);
  });
});
