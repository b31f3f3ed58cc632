import { describe, expect, test } from 'vitest';
import { activeFilterStatistics } from '../../../../../src/protocols/amt/cim/activeFilterStatistics';
import { adminProvisioningRecord } from '../../../../../src/protocols/amt/cim/adminProvisioningRecord';
import { agentPresenceCapabilities } from '../../../../../src/protocols/amt/cim/agentPresenceCapabilities';
import { agentPresenceWatchdog } from '../../../../../src/protocols/amt/cim/agentPresenceWatchdog';
import { agentPresenceWatchdogAction } from '../../../../../src/protocols/amt/cim/agentPresenceWatchdogAction';
import { alarmClockOccurrence } from '../../../../../src/protocols/amt/cim/alarmClockOccurrence';
import { battery } from '../../../../../src/protocols/amt/cim/battery';
import { biosFeature } from '../../../../../src/protocols/amt/cim/biosFeature';
import { bootCapabilities } from '../../../../../src/protocols/amt/cim/bootCapabilities';
import { bootService } from '../../../../../src/protocols/amt/cim/bootService';
import { bootSettingData } from '../../../../../src/protocols/amt/cim/bootSettingData';
import { bootSourceSetting } from '../../../../../src/protocols/amt/cim/bootSourceSetting';
import { elementSettingData } from '../../../../../src/protocols/amt/cim/elementSettingData';
import { eventManagerService } from '../../../../../src/protocols/amt/cim/eventManagerService';
import { fan } from '../../../../../src/protocols/amt/cim/fan';
import { filterCollection } from '../../../../../src/protocols/amt/cim/filterCollection';
import { filterCollectionSubscription } from '../../../../../src/protocols/amt/cim/filterCollectionSubscription';
import { filterInSystemDefensePolicy } from '../../../../../src/protocols/amt/cim/filterInSystemDefensePolicy';
import { generalSystemDefenseCapabilities } from '../../../../../src/protocols/amt/cim/generalSystemDefenseCapabilities';
import { hdr8021Filter } from '../../../../../src/protocols/amt/cim/hdr8021Filter';
import { hostBasedSetupService } from '../../../../../src/protocols/amt/cim/hostBasedSetupService';
import { hostBootReason } from '../../../../../src/protocols/amt/cim/hostBootReason';
import { httpProxyAccessPoint } from '../../../../../src/protocols/amt/cim/httpProxyAccessPoint';
import { ipHeadersFilter } from '../../../../../src/protocols/amt/cim/ipHeadersFilter';
import { kvmRedirectionSettingData } from '../../../../../src/protocols/amt/cim/kvmRedirectionSettingData';
import { listenerDestination } from '../../../../../src/protocols/amt/cim/listenerDestination';
import { networkFilter } from '../../../../../src/protocols/amt/cim/networkFilter';
import { networkPortSystemDefenseCapabilities } from '../../../../../src/protocols/amt/cim/networkPortSystemDefenseCapabilities';
import { networkPortSystemDefensePolicy } from '../../../../../src/protocols/amt/cim/networkPortSystemDefensePolicy';
import { optInService } from '../../../../../src/protocols/amt/cim/optInService';
import { petFilterSetting } from '../../../../../src/protocols/amt/cim/petFilterSetting';
import { publicKeyCertificate } from '../../../../../src/protocols/amt/cim/publicKeyCertificate';
import { publicPrivateKeyPair } from '../../../../../src/protocols/amt/cim/publicPrivateKeyPair';
import { realizes } from '../../../../../src/protocols/amt/cim/realizes';
import { screenConfigurationService } from '../../../../../src/protocols/amt/cim/screenConfigurationService';
import { screenSettingData } from '../../../../../src/protocols/amt/cim/screenSettingData';
import { sensor } from '../../../../../src/protocols/amt/cim/sensor';
import { snmpEventSubscriber } from '../../../../../src/protocols/amt/cim/snmpEventSubscriber';
import { solSessionUsingPort } from '../../../../../src/protocols/amt/cim/solSessionUsingPort';
import { stateTransitionCondition } from '../../../../../src/protocols/amt/cim/stateTransitionCondition';
import { systemDefensePolicy } from '../../../../../src/protocols/amt/cim/systemDefensePolicy';
import { tlsCredentialContext } from '../../../../../src/protocols/amt/cim/tlsCredentialContext';
import { tlsSettingData } from '../../../../../src/protocols/amt/cim/tlsSettingData';
import { watchDogAction } from '../../../../../src/protocols/amt/cim/watchDogAction';
import { wifiEndpoint } from '../../../../../src/protocols/amt/cim/wifiEndpoint';
import { wifiEndpointSettings } from '../../../../../src/protocols/amt/cim/wifiEndpointSettings';
import { wifiPort } from '../../../../../src/protocols/amt/cim/wifiPort';
import { parseXml } from '../../../../../src/base/xml/parseXml';
import type { CimClass, Fields } from '../../../../../src/protocols/wsman/cimClass';
import { Instance } from '../../../../../src/protocols/wsman/instance';
import { present, reference } from './recordings';

/** Classes and properties of which there is no recording, written as their definitions say and as devices write others. */
function decode<F extends Fields>(cimClass: CimClass<F>, inside: string): object {
  const document =
    `<g:${cimClass.name} xmlns:g="${cimClass.resourceUri}" xmlns:h="http://schemas.dmtf.org/wbem/wscim/1/common"` +
    ' xmlns:b="http://schemas.xmlsoap.org/ws/2004/08/addressing"' +
    ` xmlns:c="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">${inside}</g:${cimClass.name}>`;
  return present(cimClass.decode(Instance.read(parseXml(document))));
}

/** Properties as text. */
function of(properties: Readonly<Record<string, string | readonly string[]>>): string {
  return Object.entries(properties)
    .flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one])))
    .map(([name, value]) => `<g:${name ?? ''}>${value ?? ''}</g:${name ?? ''}>`)
    .join('');
}

const anonymous = 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous';
const datetime = (text: string): string => `<h:Datetime>${text}</h:Datetime>`;
function to(resourceUri: string, selectors: string): string {
  return (
    `<b:Address>${anonymous}</b:Address><b:ReferenceParameters><c:ResourceURI>${resourceUri}</c:ResourceURI>` +
    `<c:SelectorSet>${selectors}</c:SelectorSet></b:ReferenceParameters>`
  );
}
const selector = (name: string, value: string): string => `<c:Selector Name="${name}">${value}</c:Selector>`;
const port = to('urn:CIM_EthernetPort', selector('DeviceID', 'Intel(r) AMT Ethernet Port 0'));
const policy = to('urn:AMT_SystemDefensePolicy', selector('InstanceID', '3'));
const portReference = reference('urn:CIM_EthernetPort', { DeviceID: 'Intel(r) AMT Ethernet Port 0' });
const policyReference = reference('urn:AMT_SystemDefensePolicy', { InstanceID: '3' });

describe('System Defense', () => {
  test('what a device holds', () => {
    const limits = { GlobalMaxSupportedPolicies: '8', GlobalMaxSupportedFilters: '80' };
    expect(decode(generalSystemDefenseCapabilities, of(limits))).toEqual({
      GlobalMaxSupportedPolicies: 8,
      GlobalMaxSupportedFilters: 80,
    });
    const port = { IPv4_MaxTxFilters: '31', IPv4_AntiSpoofingCapable: 'true', IPv6_to_IPv4_Ratio: '4' };
    expect(decode(networkPortSystemDefenseCapabilities, of(port))).toEqual({
      IPv4_MaxTxFilters: 31,
      IPv4_AntiSpoofingCapable: true,
      IPv6_to_IPv4_Ratio: 4,
    });
  });

  test('a policy', () => {
    const values = {
      AntiSpoofingSupport: '3',
      FilterCreationHandles: ['1', '2'],
      InstanceID: '3',
      PolicyName: 'Sideband',
      PolicyPrecedence: '10',
      RxDefaultCount: 'true',
      RxDefaultDrop: 'true',
      RxDefaultMatchEvent: 'false',
      TxDefaultCount: 'false',
      TxDefaultDrop: 'true',
      TxDefaultMatchEvent: 'false',
    };
    expect(decode(systemDefensePolicy, of(values))).toEqual({
      AntiSpoofingSupport: 'on, count and event',
      FilterCreationHandles: [1, 2],
      InstanceID: '3',
      PolicyName: 'Sideband',
      PolicyPrecedence: 10,
      RxDefaultCount: true,
      RxDefaultDrop: true,
      RxDefaultMatchEvent: false,
      TxDefaultCount: false,
      TxDefaultDrop: true,
      TxDefaultMatchEvent: false,
    });
  });

  test('filters', () => {
    const common = { ActionEventOnMatch: 'false', InstanceID: '7', Name: 'Sideband ARP' };
    const arp = { ...common, FilterDirection: '1', FilterProfile: '3', HdrProtocolID8021: '2054' };
    expect(decode(hdr8021Filter, of(arp))).toEqual({
      ActionEventOnMatch: false,
      InstanceID: '7',
      Name: 'Sideband ARP',
      FilterDirection: 'inbound',
      FilterProfile: 'pass',
      HdrProtocolID8021: 2054,
    });
    const ping = {
      FilterDirection: '0',
      FilterProfile: '2',
      FilterProfileData: '10',
      HdrDestAddress: 'C0A80001',
      HdrDestPortEnd: '53',
      HdrDestPortStart: '53',
      HdrIPVersion: '4',
      HdrProtocolID: '1',
      IsNegated: 'false',
      TCPFlagsOn: ['1', '4'],
    };
    expect(decode(ipHeadersFilter, of(ping))).toEqual({
      FilterDirection: 'outbound',
      FilterProfile: 'limit rate',
      FilterProfileData: 10,
      HdrDestAddress: 'C0A80001',
      HdrDestPortEnd: 53,
      HdrDestPortStart: 53,
      HdrIPVersion: 'IPv4',
      HdrProtocolID: 1,
      IsNegated: false,
      TCPFlagsOn: [1, 4],
    });
    expect(decode(networkFilter, of({ FilterProfile: '1', OwnerID: '3' }))).toEqual({
      FilterProfile: 'drop and count',
      OwnerID: 3,
    });
  });

  test('which policy is in force on which port', () => {
    const values = { Active: 'true', Antecedent: port, Dependent: policy, Enabled: 'true' };
    expect(decode(networkPortSystemDefensePolicy, of(values))).toEqual({
      Active: true,
      Antecedent: portReference,
      Dependent: policyReference,
      Enabled: true,
    });
    expect(decode(filterInSystemDefensePolicy, of({ Antecedent: policy, Dependent: port }))).toEqual({
      Antecedent: policyReference,
      Dependent: portReference,
    });
  });

  test('statistics name their filter two references deep', () => {
    const filter = to('urn:AMT_IPHeadersFilter', selector('Name', 'Sideband ping'));
    const inner = (content: string): string => `<b:EndpointReference>${content}</b:EndpointReference>`;
    const values = {
      ActivationTime: datetime('2026-01-01T00:00:00Z'),
      Antecedent: port,
      Dependent: to(
        'urn:AMT_FilterInSystemDefensePolicy',
        selector('Antecedent', inner(policy)) + selector('Dependent', inner(filter)),
      ),
      FilterMatched: 'true',
      ReadCount: '4294967295',
    };
    expect(decode(activeFilterStatistics, of(values))).toEqual({
      ActivationTime: new Date('2026-01-01T00:00:00Z'),
      Antecedent: portReference,
      Dependent: reference('urn:AMT_FilterInSystemDefensePolicy', {
        Antecedent: policyReference,
        Dependent: reference('urn:AMT_IPHeadersFilter', { Name: 'Sideband ping' }),
      }),
      FilterMatched: true,
      ReadCount: 4_294_967_295,
    });
  });
});

describe('agent presence', () => {
  test('a watchdog, its condition and its action', () => {
    const watchdog = {
      CurrentState: '8',
      DeviceID: 'E67jVdK/u2EXoIiu3XA36g==',
      MonitoredEntityDescription: 'Agent',
      StartupInterval: '120',
      TimeoutInterval: '60',
    };
    expect(decode(agentPresenceWatchdog, of(watchdog))).toEqual({
      CurrentState: 'expired',
      DeviceID: Uint8Array.of(
        ...[0x13, 0xae, 0xe3, 0x55, 0xd2, 0xbf, 0xbb, 0x61],
        ...[0x17, 0xa0, 0x88, 0xae, 0xdd, 0x70, 0x37, 0xea],
      ),
      MonitoredEntityDescription: 'Agent',
      StartupInterval: 120,
      TimeoutInterval: 60,
    });
    const condition = { NewState: '8', OldState: '31', PolicyConditionName: 'c1' };
    expect(decode(stateTransitionCondition, of(condition))).toEqual({
      NewState: 8,
      OldState: 31,
      PolicyConditionName: 'c1',
    });
    const action = { ActionSd: '0', EventOnTransition: 'true', PolicyActionName: 'a1' };
    expect(decode(agentPresenceWatchdogAction, of(action))).toEqual({
      ActionSd: 'activate',
      EventOnTransition: true,
      PolicyActionName: 'a1',
    });
  });

  test('limits, and what the expiry does to the computer', () => {
    expect(decode(agentPresenceCapabilities, of({ MaxTotalActions: '80', MaxTotalAgents: '16' }))).toEqual({
      MaxTotalActions: 80,
      MaxTotalAgents: 16,
    });
    const values = { AgentPresenceWatchDogExpirationAction: '1', HeciWatchDogExpirationAction: '0', Timeout: '30' };
    expect(decode(watchDogAction, of(values))).toEqual({
      AgentPresenceWatchDogExpirationAction: 'reboot',
      HeciWatchDogExpirationAction: 'none',
      Timeout: 30,
    });
  });
});

describe('alerts', () => {
  test('SNMP traps', () => {
    expect(decode(eventManagerService, of({ DefaultCommunityString: 'public' }))).toEqual({
      DefaultCommunityString: 'public',
    });
    const subscriber = { AccessInfo: '10.0.0.9', CommunityString: 'public', InfoFormat: '3', PolicyID: '255' };
    expect(decode(snmpEventSubscriber, of(subscriber))).toEqual({
      AccessInfo: '10.0.0.9',
      CommunityString: 'public',
      InfoFormat: 'IPv4',
      PolicyID: 255,
    });
    const filter = {
      EnableFilter: 'true',
      EventSensorType: '255',
      LogOnEvent: 'false',
      PolicyID: '134',
      SendAlert: 'true',
    };
    expect(decode(petFilterSetting, of(filter))).toEqual({
      EnableFilter: true,
      EventSensorType: 255,
      LogOnEvent: false,
      PolicyID: 134,
      SendAlert: true,
    });
  });

  test('subscriptions of WS-Eventing', () => {
    const collection = { CollectionName: 'Intel(r) AMT:AllEvents', InstanceID: 'Intel(r) AMT:All' };
    expect(decode(filterCollection, of(collection))).toEqual(collection);
    const listener = {
      CreationClassName: 'CIM_ListenerDestinationWSManagement',
      DeliveryMode: '3',
      Destination: 'http://10.0.0.9/',
      Name: 'l1',
      PersistenceType: '2',
      Protocol: '4',
    };
    expect(decode(listenerDestination, of(listener))).toEqual({
      ...listener,
      DeliveryMode: 'push with acknowledgement',
      PersistenceType: 'permanent',
      Protocol: 'WS-Management',
    });
    expect(
      decode(filterCollectionSubscription, of({ Filter: policy, Handler: port, OnFatalErrorPolicy: '2' })),
    ).toEqual({ Filter: policyReference, Handler: portReference, OnFatalErrorPolicy: 'ignore' });
  });
});

describe('hardware', () => {
  test('a battery', () => {
    const values = {
      BatteryStatus: '6',
      Chemistry: '6',
      DesignCapacity: '50000',
      DesignVoltage: '11400',
      DeviceID: 'Battery 0',
      EstimatedChargeRemaining: '80',
    };
    expect(decode(battery, of(values))).toEqual({
      BatteryStatus: 'charging',
      Chemistry: 'lithium-ion',
      DesignCapacity: 50_000,
      DesignVoltage: 11_400,
      DeviceID: 'Battery 0',
      EstimatedChargeRemaining: 80,
    });
  });

  test('a fan and a sensor', () => {
    const fanValues = {
      ActiveCooling: 'true',
      DeviceID: 'FAN 0',
      EnabledState: '2',
      HealthState: '5',
      OperationalStatus: ['2', '11'],
    };
    expect(decode(fan, of(fanValues))).toEqual({
      ActiveCooling: true,
      DeviceID: 'FAN 0',
      EnabledState: 'enabled',
      HealthState: 'OK',
      OperationalStatus: ['OK', 'in service'],
    });
    const sensorValues = {
      CurrentState: 'Normal',
      DeviceID: 'SENSOR 0',
      PossibleStates: ['Normal', 'Hot'],
      SensorType: '2',
    };
    expect(decode(sensor, of(sensorValues))).toEqual({
      CurrentState: 'Normal',
      DeviceID: 'SENSOR 0',
      PossibleStates: ['Normal', 'Hot'],
      SensorType: 'temperature',
    });
  });

  test('what the BIOS can do, and which drive is which device', () => {
    expect(decode(biosFeature, of({ Characteristics: ['4', '7'], Vendor: 'Intel Corp.', Version: '1' }))).toEqual({
      Characteristics: [4, 7],
      Vendor: 'Intel Corp.',
      Version: '1',
    });
    expect(decode(realizes, of({ Antecedent: policy, Dependent: port }))).toEqual({
      Antecedent: policyReference,
      Dependent: portReference,
    });
  });

  test('why the computer booted', () => {
    expect(decode(hostBootReason, of({ InstanceID: 'x', PreviousSxState: '7', Reason: '2' }))).toEqual({
      InstanceID: 'x',
      PreviousSxState: 'S5',
      Reason: 'remote control',
    });
  });
});

describe('settings', () => {
  test('an alarm', () => {
    const values = {
      DeleteOnCompletion: 'true',
      ElementName: 'Weekly',
      InstanceID: 'Weekly',
      Interval: '<h:Interval>P7DT0H0M0S</h:Interval>',
      StartTime: datetime('2026-05-04T06:00:00Z'),
    };
    expect(decode(alarmClockOccurrence, of(values))).toEqual({
      DeleteOnCompletion: true,
      ElementName: 'Weekly',
      InstanceID: 'Weekly',
      Interval: 604_800_000,
      StartTime: new Date('2026-05-04T06:00:00Z'),
    });
  });

  test('which power scheme is in force', () => {
    const values = { IsCurrent: '1', IsDefault: '0', IsNext: '3', ManagedElement: port, SettingData: policy };
    expect(decode(elementSettingData, of(values))).toEqual({
      IsCurrent: 'yes',
      IsDefault: 'unknown',
      IsNext: 'for a single use',
      ManagedElement: portReference,
      SettingData: policyReference,
    });
  });

  test('certificates and keys', () => {
    const certificate = { Issuer: 'CN=a', Subject: 'CN=b', TrustedRootCertficate: 'true', X509Certificate: 'MIIB' };
    expect(decode(publicKeyCertificate, of(certificate))).toEqual({
      Issuer: 'CN=a',
      Subject: 'CN=b',
      TrustedRootCertficate: true,
      X509Certificate: Uint8Array.of(0x30, 0x82, 0x01),
    });
    expect(decode(publicPrivateKeyPair, of({ DERKey: 'MIIB', InstanceID: 'Intel(r) AMT Key: Handle: 0' }))).toEqual({
      DERKey: Uint8Array.of(0x30, 0x82, 0x01),
      InstanceID: 'Intel(r) AMT Key: Handle: 0',
    });
    expect(decode(tlsCredentialContext, of({ ElementInContext: policy, ElementProvidingContext: port }))).toEqual({
      ElementInContext: policyReference,
      ElementProvidingContext: portReference,
    });
    expect(decode(tlsSettingData, of({ NonSecureConnectionsSupported: 'false', TrustedCN: ['a', 'b'] }))).toEqual({
      NonSecureConnectionsSupported: false,
      TrustedCN: ['a', 'b'],
    });
  });

  test('a proxy, and who has provisioned', () => {
    expect(decode(httpProxyAccessPoint, of({ AccessInfo: 'proxy', InfoFormat: '201', Port: '8080' }))).toEqual({
      AccessInfo: 'proxy',
      InfoFormat: 'FQDN',
      Port: 8080,
    });
    const created = { CreationTimeStamp: datetime('2025-06-01T10:00:00Z'), SecureDNS: 'true', CertificateCN: 'c' };
    expect(decode(adminProvisioningRecord, of(created))).toEqual({
      CreationTimeStamp: new Date('2025-06-01T10:00:00Z'),
      SecureDNS: true,
      CertificateCN: 'c',
    });
  });

  test('screens and the sessions that use them', () => {
    expect(decode(screenConfigurationService, of({ EnabledState: '1', CurrentState: '0' }))).toEqual({
      EnabledState: 'allowed',
      CurrentState: 0,
    });
    expect(decode(screenSettingData, of({ IsActive: ['true', 'false'], ResolutionX: ['1920', '0'] }))).toEqual({
      IsActive: [true, false],
      ResolutionX: [1920, 0],
    });
    expect(decode(solSessionUsingPort, of({ Antecedent: port, Dependent: policy }))).toEqual({
      Antecedent: portReference,
      Dependent: policyReference,
    });
  });

  test('wireless', () => {
    expect(decode(wifiEndpoint, of({ EnabledState: '2', LANID: 'Office' }))).toEqual({
      EnabledState: 'enabled',
      LANID: 'Office',
    });
    const profile = { AuthenticationMethod: '32768', EncryptionMethod: '4', Priority: '2' };
    expect(decode(wifiEndpointSettings, of(profile))).toEqual({
      AuthenticationMethod: 'WPA3 SAE',
      EncryptionMethod: 'CCMP',
      Priority: 2,
    });
    expect(decode(wifiPort, of({ EnabledState: '32769' }))).toEqual({ EnabledState: 'enabled in S0 and Sx AC' });
  });
});

describe('newer firmware', () => {
  test('boot options', () => {
    const capabilities = { ForceUEFIHTTPSBoot: 'true', ForceWinREBoot: 'false', PlatformErase: '67108867' };
    expect(decode(bootCapabilities, of(capabilities))).toEqual({
      ForceUEFIHTTPSBoot: true,
      ForceWinREBoot: false,
      PlatformErase: 67_108_867,
    });
    expect(
      decode(bootSettingData, of({ UefiBootNumberOfParams: '1', UefiBootParametersArray: 'hoABAAEAAABo' })),
    ).toEqual({
      UefiBootNumberOfParams: 1,
      UefiBootParametersArray: Uint8Array.of(0x86, 0x80, 1, 0, 1, 0, 0, 0, 0x68),
    });
    const source = {
      BIOSBootString: 'WinRe',
      BootString: 'PciRoot(0x0)',
      InstanceID: 'Intel(r) AMT: Force OCR UEFI Boot Option 1',
    };
    expect(decode(bootSourceSetting, of(source))).toEqual(source);
    expect(decode(bootService, of({ EnabledState: '32771' }))).toEqual({ EnabledState: 'OCR and RPE enabled' });
  });

  test('remote control of the screen', () => {
    const values = {
      GrayscalePixelFormatSupported: 'true',
      InitialDecimationModeForLowRes: '2',
      ZlibControlSupported: 'true',
    };
    expect(decode(kvmRedirectionSettingData, of(values))).toEqual({
      GrayscalePixelFormatSupported: true,
      InitialDecimationModeForLowRes: 'automatic',
      ZlibControlSupported: true,
    });
  });

  test('consent for everything, and client control mode', () => {
    expect(decode(optInService, of({ OptInRequired: '4294967295', OptInState: '2' }))).toEqual({
      OptInRequired: 'all',
      OptInState: 'displayed',
    });
    expect(decode(hostBasedSetupService, of({ CurrentControlMode: '1' }))).toEqual({ CurrentControlMode: 'client' });
  });
});
