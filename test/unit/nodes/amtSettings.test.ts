import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agentWatchdogs } from '../../../src/nodes/amt/agentWatchdogs';
import { alertSubscriptions } from '../../../src/nodes/amt/alertSubscriptions';
import { amtGeneralSettings } from '../../../src/nodes/amt/amtGeneralSettings';
import { amtNetworkSettings } from '../../../src/nodes/amt/amtNetworkSettings';
import { redirectionState } from '../../../src/nodes/amt/redirectionState';
import { remoteAccessPolicies } from '../../../src/nodes/amt/remoteAccessPolicies';
import { tlsCertificates } from '../../../src/nodes/amt/tlsCertificates';
import { wakeAlarms } from '../../../src/nodes/amt/wakeAlarms';
import { wirelessProfiles } from '../../../src/nodes/amt/wirelessProfiles';
import { AmtStub, recorded, referenceTo } from '../../fakes/amtStub';

/** The public key of leaf.pem, as `openssl rsa -pubin -RSAPublicKey_out` writes it. */
const leafKey =
  'MIIBCgKCAQEArnnfE1eWnvpDJNZXWErF8bpoI+A+vTsqRJCDRrubYiQFKhZbtG+ww34QbdMFXsZRFGIgIySLo7m/wPkAKBxhoGCmC9J49OXPLsFIiGqABOnd0wM3O7qWTi5dbRRCEfPt5Q5Meo0zisdi8GRtzp+yF6mrA6BezeCmSbpA2APqeIIAheIzsX0Lr1MB36xDgQblS/nst2rE8B3cYB1vNcG02Z/7n35jTCul2dLT05UZxn1VN0hdVkw7NPjipOPudYOV0kxXWAzqG2H30ZXCy6ikn1Iy8rWwHvephJq9mtq/SigbVDEbftYujITyzfv9c7pWkexAs8LIu3hylX3XFmtLFwIDAQAB';

/** The instance of a recorded Get as an item of an enumeration. */
function item(path: string): string {
  const body = /<g:\w+>.*<\/g:\w+>/s.exec(recorded(path))?.[0] ?? '';
  return body.replaceAll(/<(\/?)g:/g, '<$1h:');
}

test('general settings as recorded, in words; what is not known keeps its own name', async () => {
  const stub = new AmtStub({
    'Get AMT_GeneralSettings': recorded('amt/general/get.xml').replace(
      '</g:AMT_GeneralSettings>',
      '<g:NewSetting>7</g:NewSetting></g:AMT_GeneralSettings>',
    ),
    'Get AMT_EnvironmentDetectionSettingData': recorded('amt/environmentdetection/get.xml'),
    'Enumerate AMT_SystemPowerScheme': recorded('amt/systempowerscheme/pull.xml'),
    'Enumerate CIM_ElementSettingData': `<h:CIM_ElementSettingData><h:IsCurrent>1</h:IsCurrent><h:SettingData>${referenceTo('AMT_SystemPowerScheme', { InstanceID: 'SCHEME 1' })}</h:SettingData></h:CIM_ElementSettingData>`,
    'Get CIM_WiFiPort': recorded('cim/wifi/port/get.xml'),
    'Get AMT_WiFiPortConfigurationService': recorded('amt/wifiportconfiguration/get.xml'),
  });
  const rows = new Map((await stub.show(amtGeneralSettings)) as [string, unknown][]);
  expect(Object.fromEntries(rows)).toMatchObject({
    'Host name': 'Test Host Name',
    'Domain name': 'Test Domain Name',
    'Idle time-out (min)': 1,
    'Ping response': true,
    'Network of the management engine': 'on',
    'Privacy level': 'default',
    'Preferred addresses': 'IPv4',
    'Dynamic DNS every (min)': 1440,
    'Digest realm': 'Digest:F3EB554784E729164447A89F60B641C5',
    'Power package': 'Mobile: ON in S0, ME Wake in S3, S4-5 (AC only)',
    'At home in': 'b332bb28-ef3a-43b0-b998-342285ac1e26.com, test.com',
    Wireless: 'disabled',
    'Wireless profiles taken over': 'disabled',
    'Wireless profiles for the firmware': false,
    NewSetting: '7',
  });
  expect(rows.has('PowerSource')).toBe(false);
});

test('network ports as recorded, with IPv6 of the same number', async () => {
  const stub = new AmtStub({
    'Enumerate AMT_EthernetPortSettings': recorded('amt/ethernetport/pull.xml'),
    'Enumerate IPS_IPv6PortSettings': recorded('ips/ipv6portsettings/pull.xml').replace(
      '<h:IPv6Address>::<',
      '<h:IPv6Address>2001:db8::5<',
    ),
  });
  await expect(stub.show(amtNetworkSettings)).resolves.toEqual([
    [
      ...['wired', 'integrated LAN', 'up', '00:be:43:d8:22:a4', true, true, null, '255.255.255.0', '192.168.6.1'],
      ...['192.168.6.1', null, 'S0 AC, Sx AC', null, null, '2001:db8::5', null, null],
    ],
    [
      ...['wireless', 'wireless', 'down', '00:00:00:00:00:00', true, null, null, null, null],
      ...[null, null, null, 'host', 'host', null, null, null],
    ],
  ]);
});

test('wireless profiles, with those of the operating system', async () => {
  const stub = new AmtStub({
    'Enumerate CIM_WiFiEndpointSettings': recorded('cim/wifi/endpointsettings/pull.xml').replace(
      '</h:CIM_WiFiEndpointSettings>',
      '</h:CIM_WiFiEndpointSettings><h:CIM_WiFiEndpointSettings><h:ElementName>home</h:ElementName><h:InstanceID>Intel(r) AMT:WiFi Endpoint User Settings home</h:InstanceID></h:CIM_WiFiEndpointSettings>',
    ),
  });
  await expect(stub.show(wirelessProfiles)).resolves.toEqual([
    ['Test', 'testSSID', 1, 'open', 'WEP', 'console'],
    ['home', '', 0, '', '', 'operating system'],
  ]);
});

test('remote access as recorded: a policy with its server and login, and a server that no policy leads to', async () => {
  const server = item('amt/managementpresence/get.xml');
  const spare = server.replaceAll('Server 0', 'Server 1').replaceAll('192.168.0.208', 'spare.example');
  const stub = new AmtStub({
    'Enumerate AMT_ManagementPresenceRemoteSAP': server + spare,
    'Enumerate AMT_MPSUsernamePassword': recorded('amt/mps/pull.xml'),
    'Enumerate AMT_RemoteAccessPolicyRule': recorded('amt/remoteaccess/policyrule/pull.xml'),
    'Enumerate AMT_RemoteAccessPolicyAppliesToMPS': item('amt/remoteaccess/policyappliestomps/get.xml'),
  });
  await expect(stub.show(remoteAccessPolicies)).resolves.toEqual([
    ['periodic', 'every 25 s', 0, 1, '192.168.0.208', 4433, '192.168.0.208', 'test'],
    [null, null, null, null, 'spare.example', 4433, 'spare.example', null],
  ]);
});

test('subscriptions of both kinds', async () => {
  const stub = new AmtStub({
    'Enumerate CIM_FilterCollectionSubscription': `<h:CIM_FilterCollectionSubscription><h:Filter>${referenceTo('CIM_FilterCollection', { InstanceID: 'Intel(r) AMT:Features' })}</h:Filter><h:Handler>${referenceTo('CIM_ListenerDestination', { Name: 'L1' })}</h:Handler></h:CIM_FilterCollectionSubscription>`,
    'Enumerate CIM_ListenerDestination':
      '<h:CIM_ListenerDestinationWSManagement><h:DeliveryMode>3</h:DeliveryMode><h:Destination>http://amt:secret@c.example/</h:Destination><h:Name>L1</h:Name></h:CIM_ListenerDestinationWSManagement>',
    'Enumerate AMT_SNMPEventSubscriber':
      '<h:AMT_SNMPEventSubscriber><h:AccessInfo>192.0.2.10</h:AccessInfo><h:CommunityString>hidden</h:CommunityString><h:PolicyID>1</h:PolicyID></h:AMT_SNMPEventSubscriber>',
  });
  await expect(stub.show(alertSubscriptions)).resolves.toEqual([
    ['WS-Eventing', 'http://c.example/', 'Features', 'push with acknowledgement'],
    ['SNMP', '192.0.2.10', 'policy 1', 'trap'],
  ]);
});

test('a watchdog with an action', async () => {
  const link = (from: string, to: string): string =>
    `<h:CIM_ConcreteDependency><h:Antecedent>${from}</h:Antecedent><h:Dependent>${to}</h:Dependent></h:CIM_ConcreteDependency>`;
  const condition = referenceTo('AMT_StateTransitionCondition', { PolicyConditionName: 'c' });
  const stub = new AmtStub({
    'Enumerate AMT_AgentPresenceWatchdog':
      '<h:AMT_AgentPresenceWatchdog><h:CurrentState>4</h:CurrentState><h:DeviceID>E67jVdK/u2EXoIiu3XA36g==</h:DeviceID><h:MonitoredEntityDescription>backup</h:MonitoredEntityDescription><h:StartupInterval>300</h:StartupInterval><h:TimeoutInterval>60</h:TimeoutInterval></h:AMT_AgentPresenceWatchdog>',
    'Enumerate AMT_StateTransitionCondition':
      '<h:AMT_StateTransitionCondition><h:NewState>10</h:NewState><h:OldState>31</h:OldState><h:PolicyConditionName>c</h:PolicyConditionName></h:AMT_StateTransitionCondition>',
    'Enumerate AMT_AgentPresenceWatchdogAction':
      '<h:AMT_AgentPresenceWatchdogAction><h:ActionSd>1</h:ActionSd><h:EventOnTransition>true</h:EventOnTransition><h:PolicyActionName>a</h:PolicyActionName></h:AMT_AgentPresenceWatchdogAction>',
    'Enumerate CIM_ConcreteDependency':
      link(referenceTo('AMT_AgentPresenceWatchdog', { DeviceID: 'E67jVdK/u2EXoIiu3XA36g==' }), condition) +
      link(condition, referenceTo('AMT_AgentPresenceWatchdogAction', { PolicyActionName: 'a' })),
  });
  await expect(stub.show(agentWatchdogs)).resolves.toEqual([
    [
      ...['backup', '55e3ae13-bfd2-61bb-17a0-88aedd7037ea', 'running', 300, 60],
      'any > stopped or expired: event, policy deactivate',
    ],
  ]);
});

test('TLS of both interfaces, certificates by what is in them, and keys', async () => {
  const der = (name: string): string =>
    readFileSync(join(import.meta.dirname, `../../fixtures/amt/certificates/${name}.pem`), 'utf8')
      .replaceAll(/-----[^-]+-----/g, '')
      .replaceAll(/\s/g, '');
  const certificate = (handle: number, data: string, isRoot: boolean): string =>
    `<h:AMT_PublicKeyCertificate><h:InstanceID>Intel(r) AMT Certificate: Handle: ${handle}</h:InstanceID><h:Issuer>told issuer</h:Issuer><h:Subject>told subject</h:Subject><h:TrustedRootCertficate>${isRoot}</h:TrustedRootCertficate><h:X509Certificate>${data}</h:X509Certificate></h:AMT_PublicKeyCertificate>`;
  const stub = new AmtStub({
    'Enumerate AMT_TLSSettingData': recorded('amt/tls/settingdata/pull.xml'),
    'Enumerate AMT_PublicKeyCertificate':
      certificate(0, der('root'), true) + certificate(1, der('leaf'), false) + certificate(2, 'AAAA', false),
    'Enumerate AMT_TLSCredentialContext': `<h:AMT_TLSCredentialContext><h:ElementInContext>${referenceTo('AMT_PublicKeyCertificate', { InstanceID: 'Intel(r) AMT Certificate: Handle: 1' })}</h:ElementInContext></h:AMT_TLSCredentialContext>`,
    'Enumerate AMT_PublicPrivateKeyPair': `<h:AMT_PublicPrivateKeyPair><h:DERKey>${leafKey}</h:DERKey><h:InstanceID>Intel(r) AMT Key: Handle: 0</h:InstanceID></h:AMT_PublicPrivateKeyPair>`,
  });
  const of = (handle: number): string => `Intel(r) AMT Certificate: Handle: ${handle}`;
  const dates = ['2026-11-25 20:26:02', '2126-11-01 20:26:02'];
  const nothing = [null, null, null, null, null, null];
  await expect(stub.show(tlsCertificates)).resolves.toEqual([
    [
      ...['TLS, network', 'Intel(r) AMT 802.3 TLS Settings', ...nothing],
      'TLS off, connections in clear on, mutual TLS off',
    ],
    ['TLS, local', 'Intel(r) AMT LMS TLS Settings', ...nothing, 'TLS off, connections in clear on, mutual TLS off'],
    [
      ...['trusted root', of(0), false, 'O=Sideband, CN=Test Root', 'O=Sideband, CN=Test Root', ...dates],
      ...['201bbe1938a0486f2fce2c9e7338b944546db11ac5f8e0d52da3614d600aef92', null],
    ],
    [
      ...['certificate', of(1), true, 'O=Sideband, CN=amt.example', 'O=Sideband, CN=Test Root', ...dates],
      ...['8f6455df44f55ae6dac8be27a4fda34468db863f49a5da3ec0435e4a836f6c21', null],
    ],
    ['certificate', of(2), false, 'told subject', 'told issuer', null, null, null, null],
    ['key pair', 'Intel(r) AMT Key: Handle: 0', ...nothing, 'RSA 2048'],
  ]);
});

test('redirection as recorded, with an open session of KVM', async () => {
  const stub = new AmtStub({
    'Get AMT_RedirectionService': recorded('amt/redirectionservice/get.xml').replace('32771', '32770'),
    'Get CIM_KVMRedirectionSAP': recorded('cim/kvm/get.xml'),
    'Get IPS_KVMRedirectionSettingData': recorded('ips/kvmredirection/settings/get.xml'),
    'Enumerate IPS_KvmSessionUsingPort': '<h:IPS_KvmSessionUsingPort></h:IPS_KvmSessionUsingPort>',
  });
  await expect(stub.show(redirectionState)).resolves.toEqual([
    ['SOL', true, true, false, null],
    ['IDE-R', false, true, false, null],
    ['KVM', true, true, true, 'VNC port 5900 closed, consent within 300 s, ends after 3 min without use, screen 0'],
  ]);
  stub.answers.delete('Get CIM_KVMRedirectionSAP');
  await expect(stub.show(redirectionState)).resolves.toHaveLength(2);
});

test('alarms, once and again', async () => {
  const stub = new AmtStub({
    'Enumerate IPS_AlarmClockOccurrence':
      '<h:IPS_AlarmClockOccurrence><h:DeleteOnCompletion>true</h:DeleteOnCompletion><h:InstanceID>patch</h:InstanceID><h:StartTime><i:Datetime>2027-01-31T06:00:00Z</i:Datetime></h:StartTime></h:IPS_AlarmClockOccurrence>' +
      '<h:IPS_AlarmClockOccurrence><h:InstanceID>backup</h:InstanceID><h:Interval><i:Interval>P1DT2H0M</i:Interval></h:Interval><h:StartTime><i:Datetime>2027-02-01T00:00:00Z</i:Datetime></h:StartTime></h:IPS_AlarmClockOccurrence>',
  });
  await expect(stub.show(wakeAlarms)).resolves.toEqual([
    ['patch', '2027-01-31 06:00:00', 'once', true],
    ['backup', '2027-02-01 00:00:00', '26 h 0 min', false],
  ]);
});

test('a device that has none of them shows nothing', async () => {
  const lists = [
    wirelessProfiles,
    remoteAccessPolicies,
    alertSubscriptions,
    agentWatchdogs,
    tlsCertificates,
    wakeAlarms,
  ];
  for (const node of lists) await expect(new AmtStub().show(node)).resolves.toEqual([]);
});
