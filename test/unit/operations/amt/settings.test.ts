import { expect, test } from 'vitest';
import { amtSettings } from '../../../../src/operations/amt/settings';
import { AmtStub, lost, recorded, referenceTo, returned, type StubAnswer, thenOf } from '../../../fakes/amtStub';

const redirection = (state: number, listener: boolean): string =>
  `<g:AMT_RedirectionService><g:EnabledState>${state}</g:EnabledState><g:ListenerEnabled>${listener}</g:ListenerEnabled><g:Name>Intel(r) AMT Redirection Service</g:Name></g:AMT_RedirectionService>`;
const kvmIs = (state: number): string =>
  `<g:CIM_KVMRedirectionSAP><g:EnabledState>${state}</g:EnabledState></g:CIM_KVMRedirectionSAP>`;

/** As recorded: all redirection allowed, the mobile power schemes, consent to nothing. */
function device(changes: Readonly<Record<string, StubAnswer>> = {}): AmtStub {
  const stub = new AmtStub({
    'Get AMT_RedirectionService': recorded('amt/redirectionservice/get.xml'),
    'Get AMT_GeneralSettings': recorded('amt/general/get.xml'),
    'Get CIM_KVMRedirectionSAP': recorded('cim/kvm/get.xml'),
    'Get IPS_OptInService': recorded('ips/optin/get.xml'),
    'Enumerate AMT_SystemPowerScheme': recorded('amt/systempowerscheme/pull.xml'),
    'Enumerate CIM_ElementSettingData': current('SCHEME 0'),
    'AMT_RedirectionService.RequestStateChange': (body) => {
      const state = Number(/RequestedState>(\d+)</.exec(body)?.[1]);
      stub.answers.set('Get AMT_RedirectionService', redirection(state, true));
      return returned('RequestStateChange', 0);
    },
    'CIM_KVMRedirectionSAP.RequestStateChange': (body) => {
      stub.answers.set('Get CIM_KVMRedirectionSAP', kvmIs(Number(/RequestedState>(\d)</.exec(body)?.[1])));
      return returned('RequestStateChange', 0);
    },
    'AMT_SystemPowerScheme.SetPowerScheme InstanceID=SCHEME 1': () => {
      stub.answers.set('Enumerate CIM_ElementSettingData', current('SCHEME 1'));
      return returned('SetPowerScheme', 0);
    },
    ...changes,
  });
  return stub;
}

/** Among settings of other things, and of the scheme that is not in force. */
function current(scheme: string): string {
  const item = (isCurrent: number, id: string, className: 'AMT_SystemPowerScheme' | 'AMT_GeneralSettings'): string =>
    `<h:CIM_ElementSettingData><h:IsCurrent>${isCurrent}</h:IsCurrent><h:SettingData>${referenceTo(className, { InstanceID: id })}</h:SettingData></h:CIM_ElementSettingData>`;
  return ['SCHEME 0', 'SCHEME 1']
    .map((id) => item(id === scheme ? 1 : 2, id, 'AMT_SystemPowerScheme'))
    .concat(item(1, 'Intel(r) AMT: General Settings', 'AMT_GeneralSettings'))
    .join('');
}

test('what a plan shows is read of the settings that are given, in the words of what is wanted', async () => {
  const wanted = {
    ...{ sol: false, ideRedirection: true, kvm: true, listener: true, powerPackage: 'on-in-s0-wake-in-s3-s5' },
    ...{ idleTimeout: 30, ping: false, rmcpPing: true, hostName: '', domainName: 'lab.example', consentPolicy: 'kvm' },
  };
  await expect(device().now(amtSettings, wanted)).resolves.toBe(
    'SOL on, IDE-R on, KVM on, listener on, power package on-in-s0, idle time-out 1 min, ping on, RMCP ping on, ' +
      'host name Test Host Name, domain name Test Domain Name, consent none',
  );
  expect(thenOf(amtSettings, wanted)).toBe(
    'SOL off, IDE-R on, KVM on, listener on, power package on-in-s0-wake-in-s3-s5, idle time-out 30 min, ping off, ' +
      'RMCP ping on, host name none, domain name lab.example, consent kvm',
  );
  await expect(device().now(amtSettings, { ping: true })).resolves.toBe('ping on');
});

test('SOL alone is switched off and the other stays; the second run finds it so', async () => {
  const stub = device();
  await expect(stub.run(amtSettings, { sol: false })).resolves.toEqual({
    outcome: 'done',
    value: { settings: ['SOL off'], changed: ['SOL off'] },
  });
  expect(stub.changes).toEqual([
    'AMT_RedirectionService.RequestStateChange: <r:RequestStateChange_INPUT><r:RequestedState>32769</r:RequestedState></r:RequestStateChange_INPUT>',
  ]);
  await expect(stub.run(amtSettings, { sol: false })).resolves.toEqual({
    outcome: 'already',
    value: { settings: ['SOL off'] },
  });
  expect(stub.changes).toHaveLength(1);
});

test('the listener is put with everything else as the device sent it', async () => {
  const stub = device();
  await expect(stub.run(amtSettings, { listener: false })).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toEqual([
    'Put AMT_RedirectionService: <r:AMT_RedirectionService><r:CreationClassName>AMT_RedirectionService</r:CreationClassName><r:ElementName>Intel(r) AMT Redirection Service</r:ElementName><r:EnabledState>32771</r:EnabledState><r:ListenerEnabled>false</r:ListenerEnabled><r:Name>Intel(r) AMT Redirection Service</r:Name><r:SystemCreationClassName>CIM_ComputerSystem</r:SystemCreationClassName><r:SystemName>Intel(r) AMT</r:SystemName></r:AMT_RedirectionService>',
  ]);
});

test('KVM without an open session counts as on', async () => {
  const stub = device();
  await expect(stub.run(amtSettings, { kvm: true })).resolves.toMatchObject({ outcome: 'already' });
  await expect(stub.run(amtSettings, { kvm: false })).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toEqual([
    'CIM_KVMRedirectionSAP.RequestStateChange: <r:RequestStateChange_INPUT><r:RequestedState>3</r:RequestedState></r:RequestStateChange_INPUT>',
  ]);
});

test('general settings that differ go in one request, and all others with them as they were', async () => {
  const stub = device();
  const wanted = { ping: false, rmcpPing: true, hostName: 'lab-01', idleTimeout: 30 };
  await expect(stub.run(amtSettings, wanted)).resolves.toMatchObject({
    outcome: 'done',
    value: { changed: ['idle time-out 30 min, ping off, host name lab-01'] },
  });
  expect(stub.changes).toEqual([
    'Put AMT_GeneralSettings: <r:AMT_GeneralSettings><r:AMTNetworkEnabled>1</r:AMTNetworkEnabled><r:DDNSPeriodicUpdateInterval>1440</r:DDNSPeriodicUpdateInterval><r:DDNSTTL>900</r:DDNSTTL><r:DDNSUpdateByDHCPServerEnabled>true</r:DDNSUpdateByDHCPServerEnabled><r:DDNSUpdateEnabled>false</r:DDNSUpdateEnabled><r:DHCPSyncRequiresHostname>1</r:DHCPSyncRequiresHostname><r:DHCPv6ConfigurationTimeout>0</r:DHCPv6ConfigurationTimeout><r:DigestRealm>Digest:F3EB554784E729164447A89F60B641C5</r:DigestRealm><r:DomainName>Test Domain Name</r:DomainName><r:ElementName>Intel(r) AMT: General Settings</r:ElementName><r:HostName>lab-01</r:HostName><r:HostOSFQDN>Test Host OS FQDN</r:HostOSFQDN><r:IdleWakeTimeout>30</r:IdleWakeTimeout><r:InstanceID>Intel(r) AMT: General Settings</r:InstanceID><r:NetworkInterfaceEnabled>true</r:NetworkInterfaceEnabled><r:PingResponseEnabled>false</r:PingResponseEnabled><r:PowerSource>0</r:PowerSource><r:PreferredAddressFamily>0</r:PreferredAddressFamily><r:PresenceNotificationInterval>0</r:PresenceNotificationInterval><r:PrivacyLevel>0</r:PrivacyLevel><r:RmcpPingResponseEnabled>true</r:RmcpPingResponseEnabled><r:SharedFQDN>true</r:SharedFQDN><r:ThunderboltDockEnabled>0</r:ThunderboltDockEnabled><r:WsmanOnlyMode>false</r:WsmanOnlyMode></r:AMT_GeneralSettings>',
  ]);
  await expect(stub.run(amtSettings, wanted)).resolves.toMatchObject({ outcome: 'already' });
});

test('a power package is chosen by its key, and found by its description', async () => {
  const stub = device();
  const wanted = { powerPackage: 'on-in-s0-wake-in-s3-s5' };
  await expect(stub.run(amtSettings, wanted)).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toEqual(['AMT_SystemPowerScheme.SetPowerScheme InstanceID=SCHEME 1: <r:SetPowerScheme_INPUT/>']);
  await expect(stub.run(amtSettings, wanted)).resolves.toMatchObject({ outcome: 'already' });
  const one =
    '<h:AMT_SystemPowerScheme><h:Description>Desktop: ON in S0</h:Description><h:InstanceID>SCHEME 0</h:InstanceID></h:AMT_SystemPowerScheme>';
  stub.answers.set('Enumerate AMT_SystemPowerScheme', one);
  await expect(stub.lacks(amtSettings, wanted)).resolves.toBe('it has no power package on-in-s0-wake-in-s3-s5');
  await expect(stub.run(amtSettings, wanted)).rejects.toMatchObject({ code: 'operation.impossible' });
});

test('consent for everything is 4294967295 on the wire; where it may not be changed nothing is tried', async () => {
  const stub = device();
  await expect(stub.run(amtSettings, { consentPolicy: 'all' })).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes[0]).toContain('<r:OptInRequired>4294967295</r:OptInRequired>');
  const fixed = recorded('ips/optin/get.xml').replace('CanModifyOptInPolicy>1<', 'CanModifyOptInPolicy>0<');
  const other = device({ 'Get IPS_OptInService': fixed });
  await expect(other.lacks(amtSettings, { consentPolicy: 'all' })).resolves.toContain('cannot be changed');
  await expect(other.lacks(amtSettings, { ping: true })).resolves.toBeUndefined();
});

test('a device without KVM lacks it, and without the parameter nobody cares', async () => {
  const stub = device();
  stub.answers.delete('Get CIM_KVMRedirectionSAP');
  await expect(stub.lacks(amtSettings, { kvm: true })).resolves.toBe('it has no KVM');
  await expect(stub.lacks(amtSettings, { sol: true })).resolves.toBeUndefined();
});

test('what is accepted and not held is named', async () => {
  const stub = device({ 'Put AMT_GeneralSettings': recorded('amt/general/get.xml') });
  await expect(stub.run(amtSettings, { ping: false })).resolves.toEqual({
    outcome: 'unverified',
    note: 'Accepted, but the controller does not hold: ping off.',
  });
});

test('a refusal after a change names what was changed; a lost answer leaves it open', async () => {
  const stub = device({ 'AMT_RedirectionService.RequestStateChange': returned('RequestStateChange', 4099) });
  await expect(stub.run(amtSettings, { sol: false })).rejects.toMatchObject({ code: 'device.busy', effect: 'none' });
  const half = device({ 'Put AMT_RedirectionService': lost });
  await expect(half.run(amtSettings, { sol: false, listener: false })).rejects.toMatchObject({
    code: 'connect.lost',
    effect: 'unknown',
    message: expect.stringContaining('changed before: SOL off') as string,
  });
});

test.each([
  [{}, 'at least one setting'],
  [{ idleTimeout: 0 }, 'idleTimeout'],
  [{ hostName: 'x'.repeat(64) }, 'hostName'],
])('%j is refused', (given, message) => {
  expect(JSON.stringify(amtSettings.parameters.safeParse(given).error?.issues)).toContain(message);
});
