import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eventLog } from '../../../../src/simulators/amt/classes/eventLog';
import type { AmtDeviceOptions } from '../../../../src/simulators/amt/device';
import { inside, reference, type Reply, type Sent, type Soap } from './soap';

export const fixtures = fileURLToPath(new URL('../../../fixtures/amt/', import.meta.url));

/** Recorded replies of a class: `get.xml`, `enumerate.xml` and `pull.xml` of a folder of `fixtures/amt/wsman`. */
export interface RecordedClass {
  readonly folder: string;
  readonly device?: AmtDeviceOptions;
  /** Properties that are different on each device. */
  readonly varies?: readonly string[];
  /** Sets the device up as the recorded one was. */
  readonly prepare?: (soap: Soap) => void;
}

const newest = { profile: '16.1' } as const;
const middle = { profile: '12.0' } as const;
const old = { profile: '9.1' } as const;
const laptop = { hardware: 'laptop' } as const;
const newestLaptop = { ...newest, ...laptop };

export const recordedClasses: readonly RecordedClass[] = [
  { folder: 'amt/alarmclock' },
  { folder: 'amt/auditlog', varies: ['CurrentNumberOfRecords', 'PercentageFree', 'Datetime'] },
  { folder: 'amt/boot/capabilities', device: old },
  { folder: 'amt/boot/settingdata', device: newest },
  {
    folder: 'amt/environmentdetection/get.xml',
    prepare: (soap) => detect(soap, 'b332bb28-ef3a-43b0-b998-342285ac1e26.com', 'test.com'),
  },
  { folder: 'amt/environmentdetection/enumerate.xml' },
  {
    folder: 'amt/environmentdetection/pull.xml',
    prepare: (soap) => detect(soap, '00d032fb-4341-42a5-a353-aaf83ff9d410.com'),
  },
  { folder: 'amt/ethernetport/get.xml', varies: ['MACAddress', 'PrimaryDNS', 'SecondaryDNS'] },
  { folder: 'amt/ethernetport/enumerate.xml' },
  { folder: 'amt/ethernetport/pull.xml', device: laptop, varies: ['DefaultGateway', 'MACAddress', 'PrimaryDNS'] },
  {
    folder: 'amt/general/get.xml',
    device: newest,
    varies: ['DigestRealm', 'DomainName', 'HostName', 'HostOSFQDN'], // the names were put in by hand
  },
  { folder: 'amt/general/enumerate.xml', device: middle },
  { folder: 'amt/general/pull.xml', device: middle, varies: ['DigestRealm', 'IdleWakeTimeout'] },
  { folder: 'amt/managementpresence', prepare: (soap) => addServer(soap) },
  { folder: 'amt/messagelog', varies: ['CurrentNumberOfRecords'] },
  { folder: 'amt/mps', prepare: (soap) => addServer(soap) },
  { folder: 'amt/publickey/management' },
  { folder: 'amt/redirectionservice' },
  { folder: 'amt/remoteaccess/capabilities' },
  { folder: 'amt/remoteaccess/policyappliestomps', prepare: (soap) => addPeriodicPolicy(soap) },
  { folder: 'amt/remoteaccess/policyrule', prepare: (soap) => addPeriodicPolicy(soap) },
  { folder: 'amt/remoteaccess/service' },
  { folder: 'amt/setupandconfiguration' },
  { folder: 'amt/systempowerscheme', device: { hardware: 'laptop' } },
  { folder: 'amt/timesynchronization' },
  { folder: 'amt/tls/protocolendpointcollection' },
  { folder: 'amt/tls/settingdata', device: old },
  { folder: 'amt/userinitiatedconnection/get.xml' },
  { folder: 'amt/userinitiatedconnection/enumerate.xml' },
  { folder: 'amt/wifiportconfiguration', device: newestLaptop },
  { folder: 'cim/associatedpower/managementservice' },
  { folder: 'cim/bios/element' },
  { folder: 'cim/boot/configsetting' },
  { folder: 'cim/boot/service', device: middle },
  { folder: 'cim/boot/sourcesetting', device: middle },
  { folder: 'cim/card', varies: ['SerialNumber'] },
  { folder: 'cim/chassis', varies: ['SerialNumber'] },
  { folder: 'cim/chip' },
  { folder: 'cim/computer/systempackage', varies: ['PlatformGUID'] },
  { folder: 'cim/ethernetport', varies: ['NetworkAddresses'] },
  { folder: 'cim/kvm' },
  { folder: 'cim/mediaaccess' },
  { folder: 'cim/physical/memory', varies: ['SerialNumber'] },
  { folder: 'cim/physical/package/enumerate.xml' },
  { folder: 'cim/physical/processor' },
  { folder: 'cim/power/capabilities/enumerate.xml' },
  { folder: 'cim/power/capabilities/get.xml' },
  { folder: 'cim/power/managementservice' },
  { folder: 'cim/service/availabletoelement' },
  { folder: 'cim/software/identity', device: middle },
  { folder: 'cim/wifi/port', device: laptop },
  { folder: 'ips/hostbasedsetup', varies: ['ConfigurationNonce'] },
  { folder: 'ips/ipv6portsettings' },
  { folder: 'ips/kvmredirection/settings', device: middle },
  { folder: 'ips/optin' },
  { folder: 'ips/power/managementservice/enumerate.xml' },
];

/** A recorded reply to a method or to Put. */
export interface RecordedReply {
  readonly file: string;
  readonly device?: AmtDeviceOptions;
  readonly varies?: readonly string[];
  readonly ask: (soap: Soap) => Reply;
}

const none: Sent = {};
/** Somebody has taken `Response` off the action of these files, perhaps by mistake: the others have it. */
const altered = { varies: ['Action'] } as const;
const computer = reference('CIM_ComputerSystem', { CreationClassName: 'CIM_ComputerSystem', Name: 'ManagedSystem' });
const hostSetup = (method: string, file: string): RecordedReply => ({
  file: `ips/hostbasedsetup/${file}.xml`,
  varies: ['ReturnValue', ...altered.varies], // a device that is set up refuses
  ask: (soap) => soap.call('IPS_HostBasedSetupService', method),
});

export const recordedReplies: readonly RecordedReply[] = [
  {
    file: 'amt/alarmclock/addalarm.xml',
    ask: (soap) => {
      const alarm = {
        InstanceID: 'testalarm',
        StartTime: {
          xml: '<h:Datetime xmlns:h="http://schemas.dmtf.org/wbem/wscim/1/common">2999-12-31T23:59:00Z</h:Datetime>',
        },
        DeleteOnCompletion: true,
      };
      return soap.call('AMT_AlarmClockService', 'AddAlarm', {
        AlarmTemplate: inside('IPS_AlarmClockOccurrence', alarm),
      });
    },
  },
  {
    file: 'amt/managementpresence/delete.xml',
    ask: (soap) => {
      addServer(soap);
      return soap.delete('AMT_ManagementPresenceRemoteSAP', { Name: 'Intel(r) AMT:Management Presence Server 0' });
    },
  },
  {
    file: 'amt/mps/put.xml',
    ask: (soap) => {
      addServer(soap);
      const login = { InstanceID: 'Intel(r) AMT:MPS Username Password 0', RemoteID: 'test', Secret: 'P@ssw0rd' };
      return soap.put('AMT_MPSUsernamePassword', login);
    },
  },
  {
    file: 'amt/remoteaccess/policyappliestomps/put.xml',
    ask: (soap) => {
      addPeriodicPolicy(soap);
      const use = {
        ManagedElement: presenceServer,
        MpsType: 2,
        OrderOfAccess: 0,
        PolicySet: reference('AMT_RemoteAccessPolicyRule', { PolicyRuleName: 'Periodic' }),
      };
      return soap.put('AMT_RemoteAccessPolicyAppliesToMPS', use);
    },
  },
  {
    file: 'amt/remoteaccess/policyrule/delete.xml',
    ask: (soap) => {
      addPeriodicPolicy(soap);
      return soap.delete('AMT_RemoteAccessPolicyRule', { PolicyRuleName: 'Periodic' });
    },
  },
  { file: 'amt/remoteaccess/service/addremoteaccessservice.xml', ask: (soap) => addPeriodicPolicy(soap) },
  {
    file: 'amt/userinitiatedconnection/request.xml',
    ask: (soap) => soap.call('AMT_UserInitiatedConnectionService', 'RequestStateChange', { RequestedState: 32771 }),
  },
  {
    file: 'ips/http/addproxyaccesspoint.xml',
    ask: (soap) => {
      const add = (port: number): Reply => {
        const proxy = { AccessInfo: '192.0.2.1', InfoFormat: 3, Port: port, NetworkDnsSuffix: 'lab.net' };
        return soap.call('IPS_HTTPProxyService', 'AddProxyAccessPoint', proxy);
      };
      for (const port of [1, 2, 3]) add(port);
      return add(4);
    },
  },
  {
    file: 'amt/environmentdetection/put.xml',
    ask: (soap) => detect(soap, '2b14eacc-7f20-4a11-99bc-fdc6a162160b.com'),
  },
  {
    file: 'amt/messagelog/positiontofirstrecord.xml',
    ask: (soap) => soap.call('AMT_MessageLog', 'PositionToFirstRecord'),
  },
  {
    file: 'amt/messagelog/getrecords.xml',
    ask(soap) {
      const log = eventLog(soap.device);
      log.clear();
      const progress = { sensorType: 15, offset: 2, entity: 34, data: [0x40, 7] };
      for (const _ of [1, 2]) log.add(progress, 0x6501_0622 * 1000);
      const failures = { sensorType: 6, offset: 5, severity: 16, entity: 0x26, entityInstance: 0x61 };
      log.add({ ...failures, data: [0xaa, 10] }, 0x6598_c863 * 1000);
      return soap.call('AMT_MessageLog', 'GetRecords', { IterationIdentifier: 1, MaxReadRecords: 390 });
    },
  },
  {
    file: 'amt/publickey/management/addcertificate.xml',
    ask: (soap) => soap.call('AMT_PublicKeyManagementService', 'AddCertificate', { CertificateBlob: testPem('leaf') }),
  },
  {
    file: 'amt/publickey/management/addtrustedrootcertificate.xml',
    ask: (soap) => {
      soap.call('AMT_PublicKeyManagementService', 'AddCertificate', { CertificateBlob: testPem('leaf') });
      const root = { CertificateBlob: testPem('root') };
      return soap.call('AMT_PublicKeyManagementService', 'AddTrustedRootCertificate', root);
    },
  },
  { file: 'amt/publickey/management/generatekeypair.xml', ask: (soap) => generateKeyPair(soap) },
  {
    file: 'amt/publickey/management/addkey.xml',
    ask: (soap) => {
      generateKeyPair(soap);
      return soap.call('AMT_PublicKeyManagementService', 'AddKey', { KeyBlob: testPem('key') });
    },
  },
  {
    file: 'amt/publickey/management/generatepkcs10requestex.xml',
    varies: ['SignedCertificateRequest'],
    ask: (soap) => {
      soap.call('AMT_PublicKeyManagementService', 'AddKey', { KeyBlob: testPem('key') });
      const input = {
        KeyPair: reference('AMT_PublicPrivateKeyPair', { InstanceID: 'Intel(r) AMT Key: Handle: 0' }),
        SigningAlgorithm: 1,
        NullSignedCertificateRequest: testPem('request'),
      };
      return soap.call('AMT_PublicKeyManagementService', 'GeneratePKCS10RequestEx', input);
    },
  },
  {
    file: 'amt/tls/settingdata/put.xml',
    device: old,
    ask: (soap) => {
      const settings = { Enabled: false, MutualAuthentication: false, AcceptNonSecureConnections: false };
      return soap.put('AMT_TLSSettingData', settings, { InstanceID: 'Intel(r) AMT 802.3 TLS Settings' });
    },
  },
  {
    file: 'amt/redirectionservice/put.xml',
    ask: (soap) => soap.put('AMT_RedirectionService', { EnabledState: 32771, ListenerEnabled: true }),
  },
  {
    file: 'amt/redirectionservice/requeststatechange.xml',
    ask: (soap) => soap.call('AMT_RedirectionService', 'RequestStateChange', { RequestedState: 32771 }),
  },
  {
    file: 'amt/setupandconfiguration/commitchanges.xml',
    ...altered,
    ask: (soap) => soap.call('AMT_SetupAndConfigurationService', 'CommitChanges'),
  },
  {
    file: 'amt/setupandconfiguration/partialunprovision.xml',
    ask: (soap) => soap.call('AMT_SetupAndConfigurationService', 'PartialUnprovision'),
  },
  {
    file: 'amt/setupandconfiguration/setmebxpassword.xml',
    ask: (soap) => soap.call('AMT_SetupAndConfigurationService', 'SetMEBxPassword', { Password: 'P@ssw0rd' }),
  },
  {
    file: 'amt/setupandconfiguration/unprovision.xml',
    ...altered,
    ask: (soap) => soap.call('AMT_SetupAndConfigurationService', 'Unprovision', { ProvisioningMode: 1 }),
  },
  {
    file: 'amt/timesynchronization/getlowaccuracytimesynch.xml',
    varies: ['Ta0'],
    ask: (soap) => soap.call('AMT_TimeSynchronizationService', 'GetLowAccuracyTimeSynch'),
  },
  {
    file: 'amt/timesynchronization/sethighaccuracytimesynch.xml',
    ask: (soap) => {
      const times = { Ta0: 1_704_586_865, Tm1: 1_704_394_160, Tm2: 1_704_394_160 };
      return soap.call('AMT_TimeSynchronizationService', 'SetHighAccuracyTimeSynch', times);
    },
  },
  {
    file: 'amt/wifiportconfiguration/putlocalprofilesyncdisabled.xml',
    device: laptop,
    ask: (soap) => soap.put('AMT_WiFiPortConfigurationService', { localProfileSynchronizationEnabled: 0 }),
  },
  {
    file: 'cim/wifi/port/requeststatechange.xml',
    device: laptop,
    ask: (soap) => soap.call('CIM_WiFiPort', 'RequestStateChange', { RequestedState: 32769 }),
  },
  {
    file: 'cim/boot/configsetting/changebootorder.xml',
    ask: (soap) => soap.call('CIM_BootConfigSetting', 'ChangeBootOrder', none),
  },
  {
    file: 'cim/boot/service/requeststatechange.xml',
    device: newest,
    ask: (soap) => soap.call('CIM_BootService', 'RequestStateChange', { RequestedState: 32769 }),
  },
  {
    file: 'cim/boot/service/setbootconfigrole.xml',
    ...altered,
    ask: (soap) => {
      const configuration = { InstanceID: 'Intel(r) AMT: Boot Configuration 0' };
      const input = { BootConfigSetting: reference('CIM_BootConfigSetting', configuration), Role: 1 };
      return soap.call('CIM_BootService', 'SetBootConfigRole', input);
    },
  },
  {
    file: 'cim/power/managementservice/requestpowerstatechange.xml',
    ask: (soap) => {
      const input = { PowerState: 8, ManagedElement: computer };
      return soap.call('CIM_PowerManagementService', 'RequestPowerStateChange', input);
    },
  },
  hostSetup('Setup', 'setup'),
  hostSetup('AdminSetup', 'adminsetup'),
  hostSetup('AddNextCertInChain', 'addnextcertinchain'),
  hostSetup('UpgradeClientToAdmin', 'upgradeclienttoadmin'),
  { file: 'ips/optin/startoptin.xml', ask: (soap) => soap.call('IPS_OptInService', 'StartOptIn') },
  {
    file: 'ips/optin/sendoptincode.xml',
    ask: (soap) => soap.call('IPS_OptInService', 'SendOptInCode', { OptInCode: 123_456 }),
  },
  { file: 'ips/optin/canceloptin.xml', ask: (soap) => soap.call('IPS_OptInService', 'CancelOptIn') },
  {
    file: 'ips/power/managementservice/requestospowersavingstatechange.xml',
    ask: (soap) => {
      const input = { OSPowerSavingState: 2, ManagedElement: computer };
      return soap.call('IPS_PowerManagementService', 'RequestOSPowerSavingStateChange', input);
    },
  },
];

function detect(soap: Soap, ...domains: readonly string[]): Reply {
  return soap.put('AMT_EnvironmentDetectionSettingData', { DetectionAlgorithm: 0, DetectionStrings: domains });
}

const presenceServer = reference('AMT_ManagementPresenceRemoteSAP', {
  Name: 'Intel(r) AMT:Management Presence Server 0',
});

function addServer(soap: Soap): Reply {
  return soap.call('AMT_RemoteAccessService', 'AddMpServer', {
    AccessInfo: '192.168.0.208',
    InfoFormat: 3,
    Port: 4433,
    AuthMethod: 2,
    Username: 'test',
    Password: 'P@ssw0rd',
    CN: '192.168.0.208',
  });
}

function addPeriodicPolicy(soap: Soap): Reply {
  addServer(soap);
  const policy = { Trigger: 2, TunnelLifeTime: 0, ExtendedData: 'AAAAAAAAABk=', MpServer: presenceServer };
  return soap.call('AMT_RemoteAccessService', 'AddRemoteAccessPolicyRule', policy);
}

function generateKeyPair(soap: Soap): Reply {
  return soap.call('AMT_PublicKeyManagementService', 'GenerateKeyPair', { KeyAlgorithm: 0, KeyLength: 2048 });
}

/** What is inside a PEM file of the tests: DER in base64. */
export function testPem(name: 'key' | 'leaf' | 'request' | 'root'): string {
  return readFileSync(`${fixtures}certificates/${name}.pem`, 'utf8').replace(/-----[^-]+-----|\s/g, '');
}

/** Files that no reply is held against as a whole, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  'amt/boot/settingdata/put.xml': 'a request',
  'amt/setupandconfiguration/getuuid.xml': 'made from a request',
  'amt/hdr8021filter': 'written by hand',
  'amt/publickey/management/delete.xml': 'of a certificate, by the address of the service',
  'amt/wifiportconfiguration/addwifisettings.xml': 'a namespace more than any other reply of a method',
  'amt/wifiportconfiguration/updatewifisettings.xml': 'a namespace more than any other reply of a method',
  'amt/userinitiatedconnection/pull.xml': 'of a newer device, with the reason of the last connection',
  'cim/wifi/endpointsettings': 'written by hand',
  'cim/physical/package/pull.xml': 'goes on and ends at the same time',
  'cim/power/capabilities/pull.xml': 'a pull of one instance only, see below',
  'ips/power/managementservice/get.xml': 'written by hand: not in alphabetical order',
  'ips/power/managementservice/pull.xml': 'written by hand: not in alphabetical order',
};

/** The recorded files of a class or of everything, by their path from `wsman`. */
export function recordedFiles(folder = ''): readonly string[] {
  if (folder.endsWith('.xml')) return [folder];
  const files = readdirSync(`${fixtures}wsman/${folder}`, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.xml')).map((file) => (folder === '' ? file : `${folder}/${file}`));
}

export function readRecording(file: string): string {
  return readFileSync(`${fixtures}wsman/${file}`, 'utf8');
}
