import { alarmClockService } from '../../../../../src/protocols/amt/cim/alarmClockService';
import { auditLog } from '../../../../../src/protocols/amt/cim/auditLog';
import { bootCapabilities } from '../../../../../src/protocols/amt/cim/bootCapabilities';
import { bootSettingData } from '../../../../../src/protocols/amt/cim/bootSettingData';
import { environmentDetectionSettingData } from '../../../../../src/protocols/amt/cim/environmentDetectionSettingData';
import { ethernetPortSettings } from '../../../../../src/protocols/amt/cim/ethernetPortSettings';
import { generalSettings } from '../../../../../src/protocols/amt/cim/generalSettings';
import { hdr8021Filter } from '../../../../../src/protocols/amt/cim/hdr8021Filter';
import { managementPresenceRemoteSap } from '../../../../../src/protocols/amt/cim/managementPresenceRemoteSap';
import { messageLog } from '../../../../../src/protocols/amt/cim/messageLog';
import { mpsUsernamePassword } from '../../../../../src/protocols/amt/cim/mpsUsernamePassword';
import { publicKeyManagementService } from '../../../../../src/protocols/amt/cim/publicKeyManagementService';
import { redirectionService } from '../../../../../src/protocols/amt/cim/redirectionService';
import { remoteAccessCapabilities } from '../../../../../src/protocols/amt/cim/remoteAccessCapabilities';
import { remoteAccessPolicyAppliesToMps } from '../../../../../src/protocols/amt/cim/remoteAccessPolicyAppliesToMps';
import { remoteAccessPolicyRule } from '../../../../../src/protocols/amt/cim/remoteAccessPolicyRule';
import { remoteAccessService } from '../../../../../src/protocols/amt/cim/remoteAccessService';
import { setupAndConfigurationService } from '../../../../../src/protocols/amt/cim/setupAndConfigurationService';
import { systemPowerScheme } from '../../../../../src/protocols/amt/cim/systemPowerScheme';
import { timeSynchronizationService } from '../../../../../src/protocols/amt/cim/timeSynchronizationService';
import { tlsProtocolEndpointCollection } from '../../../../../src/protocols/amt/cim/tlsProtocolEndpointCollection';
import { tlsSettingData } from '../../../../../src/protocols/amt/cim/tlsSettingData';
import { userInitiatedConnectionService } from '../../../../../src/protocols/amt/cim/userInitiatedConnectionService';
import { wifiPortConfigurationService } from '../../../../../src/protocols/amt/cim/wifiPortConfigurationService';
import { onComputer, onDevice, type Recording, recording, reference } from './recordings';

const schema = 'http://intel.com/wbem/wscim/1/amt-schema/1/';

const auditLogValues = {
  AuditState: 16,
  ElementName: 'Intel(r) AMT Audit Log',
  EnabledState: 'enabled',
  MaxAllowedAuditors: 1,
  MaxNumberOfRecords: 0,
  Name: 'Intel(r) AMT:Audit Log',
  OverwritePolicy: 'wraps when full',
  PercentageFree: 92,
  RequestedState: 'enabled',
  StoragePolicy: 'roll over',
};

const bootSettings = {
  BIOSLastStatus: [2, 0],
  BIOSPause: false,
  BIOSSetup: false,
  BootMediaIndex: 0,
  BootguardStatus: 127,
  ConfigurationDataReset: false,
  ElementName: 'Intel(r) AMT Boot Configuration Settings',
  EnforceSecureBoot: false,
  FirmwareVerbosity: 'system default',
  ForcedProgressEvents: false,
  IDERBootDevice: 'floppy',
  InstanceID: 'Intel(r) AMT:BootSettingData 0',
  LockKeyboard: false,
  LockPowerButton: false,
  LockResetButton: false,
  LockSleepButton: false,
  OptionsCleared: true,
  OwningEntity: 'Intel(r) AMT',
  PlatformErase: false,
  RPEEnabled: true,
  RSEPassword: '',
  ReflashBIOS: false,
  SecureBootControlEnabled: true,
  SecureErase: false,
  UEFIHTTPSBootEnabled: true,
  UEFILocalPBABootEnabled: true,
  UefiBootNumberOfParams: 0,
  UseIDER: false,
  UseSOL: false,
  UseSafeMode: false,
  UserPasswordBypass: false,
  WinREBootEnabled: true,
};

const environment = {
  DetectionAlgorithm: 'local domains',
  ElementName: 'Intel(r) AMT Environment Detection Settings',
  InstanceID: 'Intel(r) AMT Environment Detection Settings',
};

const wiredPort = {
  DHCPEnabled: true,
  ElementName: 'Intel(r) AMT Ethernet Port Settings',
  InstanceID: 'Intel(r) AMT Ethernet Port Settings 0',
  IpSyncEnabled: true,
  LinkIsUp: true,
  LinkPolicy: ['S0 AC', 'Sx AC'],
  PhysicalConnectionType: 'integrated LAN',
  SharedDynamicIP: true,
  SharedMAC: true,
  SharedStaticIp: false,
  SubnetMask: '255.255.255.0',
};

const general = {
  AMTNetworkEnabled: 'on',
  DDNSPeriodicUpdateInterval: 1440,
  DDNSTTL: 900,
  DDNSUpdateByDHCPServerEnabled: true,
  DDNSUpdateEnabled: false,
  DHCPv6ConfigurationTimeout: 0,
  ElementName: 'Intel(r) AMT: General Settings',
  InstanceID: 'Intel(r) AMT: General Settings',
  NetworkInterfaceEnabled: true,
  PingResponseEnabled: true,
  PowerSource: 'AC',
  PreferredAddressFamily: 'IPv4',
  PresenceNotificationInterval: 0,
  PrivacyLevel: 'default',
  RmcpPingResponseEnabled: true,
  SharedFQDN: true,
  WsmanOnlyMode: false,
};

const networkTls = {
  AcceptNonSecureConnections: false,
  ElementName: 'Intel(r) AMT 802.3 TLS Settings',
  Enabled: false,
  InstanceID: 'Intel(r) AMT 802.3 TLS Settings',
  MutualAuthentication: false,
};

const wifiService = {
  ...onDevice,
  CreationClassName: 'AMT_WiFiPortConfigurationService',
  ElementName: 'Intel(r) AMT WiFiPort Configuration Service',
  EnabledState: 'not applicable',
  HealthState: 'OK',
  LastConnectedSsidUnderMeControl: '',
  Name: 'Intel(r) AMT WiFi Port Configuration Service',
  NoHostCsmeSoftwarePolicy: 0,
  RequestedState: 'not applicable',
  localProfileSynchronizationEnabled: 'disabled',
};

const userInitiated = {
  ...onDevice,
  CreationClassName: 'AMT_UserInitiatedConnectionService',
  ElementName: 'Intel(r) AMT User Initiated Connection Service',
  EnabledState: 'BIOS and operating system',
  Name: 'Intel(r) AMT User Initiated Connection Service',
};

export const amtRecordings: readonly Recording[] = [
  recording(alarmClockService, ['amt/alarmclock/get', 'amt/alarmclock/pull'], {
    ...onComputer,
    CreationClassName: 'AMT_AlarmClockService',
    ElementName: 'Intel(r) AMT Alarm Clock Service',
    Name: 'Intel(r) AMT Alarm Clock Service',
  }),
  recording(auditLog, ['amt/auditlog/get'], {
    ...auditLogValues,
    CurrentNumberOfRecords: 161,
    TimeOfLastRecord: new Date('2024-01-03T00:44:35Z'),
  }),
  recording(auditLog, ['amt/auditlog/pull'], {
    ...auditLogValues,
    CurrentNumberOfRecords: 162,
    TimeOfLastRecord: new Date('2024-01-03T00:45:41Z'),
  }),
  recording(bootCapabilities, ['amt/boot/capabilities/get', 'amt/boot/capabilities/pull'], {
    BIOSPause: false,
    BIOSReflash: true,
    BIOSSecureBoot: true,
    BIOSSetup: true,
    ConfigurationDataReset: false,
    ElementName: 'Intel(r) AMT: Boot Capabilities',
    ForceCDorDVDBoot: true,
    ForceDiagnosticBoot: false,
    ForceHardDriveBoot: true,
    ForceHardDriveSafeModeBoot: false,
    ForcePXEBoot: true,
    ForcedProgressEvents: true,
    IDER: true,
    InstanceID: 'Intel(r) AMT:BootCapabilities 0',
    KeyboardLock: true,
    PowerButtonLock: false,
    ResetButtonLock: false,
    SOL: true,
    SecureErase: false,
    SleepButtonLock: false,
    UserPasswordBypass: true,
    VerbosityQuiet: false,
    VerbosityScreenBlank: false,
    VerbosityVerbose: false,
  }),
  recording(bootSettingData, ['amt/boot/settingdata/get', 'amt/boot/settingdata/pull'], bootSettings),
  recording(bootSettingData, ['amt/boot/settingdata/put'], {
    ...bootSettings,
    RPEEnabled: false,
    SecureBootControlEnabled: false,
    UEFIHTTPSBootEnabled: false,
    UEFILocalPBABootEnabled: false,
    WinREBootEnabled: false,
  }),
  recording(environmentDetectionSettingData, ['amt/environmentdetection/get'], {
    ...environment,
    DetectionStrings: ['b332bb28-ef3a-43b0-b998-342285ac1e26.com', 'test.com'],
  }),
  recording(environmentDetectionSettingData, ['amt/environmentdetection/pull'], {
    ...environment,
    DetectionStrings: ['00d032fb-4341-42a5-a353-aaf83ff9d410.com'],
  }),
  recording(environmentDetectionSettingData, ['amt/environmentdetection/put'], {
    ...environment,
    DetectionStrings: ['2b14eacc-7f20-4a11-99bc-fdc6a162160b.com'],
  }),
  recording(ethernetPortSettings, ['amt/ethernetport/get'], {
    ...wiredPort,
    DefaultGateway: '192.168.0.1',
    MACAddress: 'c8-d9-d2-7a-1e-33',
    PrimaryDNS: '68.105.28.11',
    SecondaryDNS: '68.105.29.11',
  }),
  recording(
    ethernetPortSettings,
    ['amt/ethernetport/pull'],
    { ...wiredPort, DefaultGateway: '192.168.6.1', MACAddress: '00-be-43-d8-22-a4', PrimaryDNS: '192.168.6.1' },
    {
      ConsoleTcpMaxRetransmissions: 5,
      DHCPEnabled: true,
      ElementName: 'Intel(r) AMT Ethernet Port Settings',
      InstanceID: 'Intel(r) AMT Ethernet Port Settings 1',
      LinkControl: 'host',
      LinkIsUp: false,
      LinkPreference: 'host',
      MACAddress: '00-00-00-00-00-00',
      PhysicalConnectionType: 'wireless',
      SharedMAC: true,
      WLANLinkProtectionLevel: 'none',
    },
  ),
  recording(generalSettings, ['amt/general/get'], {
    ...general,
    DHCPSyncRequiresHostname: 'yes',
    DigestRealm: 'Digest:F3EB554784E729164447A89F60B641C5',
    DomainName: 'Test Domain Name',
    HostName: 'Test Host Name',
    HostOSFQDN: 'Test Host OS FQDN',
    IdleWakeTimeout: 1,
    ThunderboltDockEnabled: 'no',
  }),
  recording(generalSettings, ['amt/general/pull'], {
    ...general,
    DigestRealm: 'Digest:6EE8C61BA74893E059F032EA919D699E',
    DomainName: '',
    HostName: '',
    HostOSFQDN: '',
    IdleWakeTimeout: 65535,
  }),
  // Written by hand where it comes from, with properties that the class does not have.
  recording(hdr8021Filter, ['amt/hdr8021filter/get', 'amt/hdr8021filter/pull'], {
    ...onDevice,
    CreationClassName: 'AMT_Hdr8021Filter',
    ElementName: 'HDR 802.1 Filter',
    FilterDirection: 'unknown 2',
    Name: 'Intel(r) AMT Hdr8021 Filter',
    other: { FilterEnabled: ['true'], VLANPriority: ['1'], VLANID: ['10'] },
  }),
  recording(managementPresenceRemoteSap, ['amt/managementpresence/get'], {
    ...onDevice,
    AccessInfo: '192.168.0.208',
    CN: '192.168.0.208',
    CreationClassName: 'AMT_ManagementPresenceRemoteSAP',
    ElementName: 'Intel(r) AMT:Management Presence Server',
    InfoFormat: 'IPv4',
    Name: 'Intel(r) AMT:Management Presence Server 0',
    Port: 4433,
  }),
  recording(messageLog, ['amt/messagelog/get', 'amt/messagelog/pull'], {
    Capabilities: ['freeze log', 'clear log', 'variable length records', 'move to a record by number'],
    CharacterSet: 'octet string',
    CreationClassName: 'AMT_MessageLog',
    CurrentNumberOfRecords: 390,
    ElementName: 'Intel(r) AMT:MessageLog 1',
    EnabledDefault: 'enabled',
    EnabledState: 'enabled',
    HealthState: 'OK',
    IsFrozen: false,
    LastChange: 'unknown',
    LogState: 'not applicable',
    MaxLogSize: 0,
    MaxNumberOfRecords: 390,
    MaxRecordSize: 21,
    Name: 'Intel(r) AMT:MessageLog 1',
    OperationalStatus: ['OK'],
    OverwritePolicy: 'wraps when full',
    PercentageNearFull: 100,
    RequestedState: 'not applicable',
    SizeOfHeader: 0,
    SizeOfRecordHeader: 0,
    Status: 'OK',
  }),
  recording(mpsUsernamePassword, ['amt/mps/get', 'amt/mps/pull'], {
    InstanceID: 'Intel(r) AMT:MPS Username Password 0',
    RemoteID: 'test',
  }),
  recording(publicKeyManagementService, ['amt/publickey/management/get', 'amt/publickey/management/pull'], {
    ...onDevice,
    CreationClassName: 'AMT_PublicKeyManagementService',
    ElementName: 'Intel(r) AMT Certificate Store Service',
    EnabledDefault: 'not applicable',
    EnabledState: 'not applicable',
    Name: 'Intel(r) AMT Public Key Management Service',
    RequestedState: 'not applicable',
  }),
  recording(
    redirectionService,
    ['amt/redirectionservice/get', 'amt/redirectionservice/pull', 'amt/redirectionservice/put'],
    {
      ...onDevice,
      CreationClassName: 'AMT_RedirectionService',
      ElementName: 'Intel(r) AMT Redirection Service',
      EnabledState: 'IDER and SOL enabled',
      ListenerEnabled: true,
      Name: 'Intel(r) AMT Redirection Service',
    },
  ),
  recording(remoteAccessCapabilities, ['amt/remoteaccess/capabilities/get', 'amt/remoteaccess/capabilities/pull'], {
    ElementName: 'Intel(r) AMT:Remote Access Capabilities',
    InstanceID: 'Intel(r) AMT:Remote Access Capabilities',
    MaxMpsPerPolicy: 2,
    MaxTotalMpServers: 6,
    MaxTotalPolicies: 3,
    MaxTotalProxyEntryPoints: 15,
  }),
  recording(remoteAccessPolicyAppliesToMps, ['amt/remoteaccess/policyappliestomps/get'], {
    ManagedElement: reference(`${schema}AMT_ManagementPresenceRemoteSAP`, {
      ...onDevice,
      CreationClassName: 'AMT_ManagementPresenceRemoteSAP',
      Name: 'Intel(r) AMT:Management Presence Server 0',
    }),
    MpsType: 'both',
    OrderOfAccess: 0,
    PolicySet: reference(`${schema}AMT_RemoteAccessPolicyRule`, {
      ...onDevice,
      CreationClassName: 'AMT_RemoteAccessPolicyRule',
      PolicyRuleName: 'Periodic',
    }),
  }),
  recording(remoteAccessPolicyRule, ['amt/remoteaccess/policyrule/get', 'amt/remoteaccess/policyrule/pull'], {
    ...onDevice,
    CreationClassName: 'AMT_RemoteAccessPolicyRule',
    ElementName: 'Inte(r) AMT:Remote Access Policy',
    ExtendedData: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 25),
    PolicyRuleName: 'Periodic',
    Trigger: 'periodic',
    TunnelLifeTime: 0,
  }),
  recording(remoteAccessService, ['amt/remoteaccess/service/get', 'amt/remoteaccess/service/pull'], {
    ...onDevice,
    CreationClassName: 'AMT_RemoteAccessService',
    ElementName: 'Intel(r) AMT Remote Access Service',
    IsRemoteTunnelConnected: false,
    Name: 'Intel(r) AMT Remote Access Service',
    RemoteTunnelKeepAliveTimeout: 4_294_967_295,
  }),
  recording(setupAndConfigurationService, ['amt/setupandconfiguration/get', 'amt/setupandconfiguration/pull'], {
    ...onDevice,
    CreationClassName: 'AMT_SetupAndConfigurationService',
    ElementName: 'Intel(r) AMT Setup and Configuration Service',
    EnabledState: 'not applicable',
    Name: 'Intel(r) AMT Setup and Configuration Service',
    PasswordModel: 'both the same',
    ProvisioningMode: 'admin control',
    ProvisioningServerOTP: new Uint8Array(32),
    ProvisioningState: 'provisioned',
    RequestedState: 'not applicable',
    ZeroTouchConfigurationEnabled: true,
  }),
  recording(systemPowerScheme, ['amt/systempowerscheme/get'], firstScheme()),
  recording(systemPowerScheme, ['amt/systempowerscheme/pull'], firstScheme(), {
    Description: 'Mobile: ON in S0, ME Wake in S3, S4-5 (AC only)',
    ElementName: 'Intel(r) AMT Power Scheme',
    InstanceID: 'SCHEME 1',
    // MIAN7gnAeEOvKHhootu+Og==
    SchemeGUID: bytes('30800dee09c07843af287868a2dbbe3a'),
  }),
  recording(timeSynchronizationService, ['amt/timesynchronization/get', 'amt/timesynchronization/pull'], {
    ...onDevice,
    CreationClassName: 'AMT_TimeSynchronizationService',
    ElementName: 'Intel(r) AMT Time Synchronization Service',
    EnabledState: 'not applicable',
    LocalTimeSyncEnabled: 'default (enabled)',
    Name: 'Intel(r) AMT Time Synchronization Service',
    RequestedState: 'not applicable',
    TimeSource: 'BIOS',
  }),
  recording(
    tlsProtocolEndpointCollection,
    ['amt/tls/protocolendpointcollection/get', 'amt/tls/protocolendpointcollection/pull'],
    { ElementName: 'TLSProtocolEndpoint Instances Collection' },
  ),
  recording(tlsSettingData, ['amt/tls/settingdata/get', 'amt/tls/settingdata/put'], networkTls),
  recording(tlsSettingData, ['amt/tls/settingdata/pull'], networkTls, {
    AcceptNonSecureConnections: true,
    ElementName: 'Intel(r) AMT LMS TLS Settings',
    Enabled: false,
    InstanceID: 'Intel(r) AMT LMS TLS Settings',
    MutualAuthentication: false,
  }),
  // The one of the enumeration has an empty LastConnectionReason.
  recording(
    userInitiatedConnectionService,
    ['amt/userinitiatedconnection/get', 'amt/userinitiatedconnection/pull'],
    userInitiated,
  ),
  recording(wifiPortConfigurationService, ['amt/wifiportconfiguration/get', 'amt/wifiportconfiguration/pull'], {
    ...wifiService,
    UEFIWiFiProfileShareEnabled: false,
  }),
  recording(wifiPortConfigurationService, ['amt/wifiportconfiguration/putlocalprofilesyncdisabled'], wifiService),
];

function firstScheme(): object {
  return {
    Description: 'Mobile: ON in S0',
    ElementName: 'Intel(r) AMT Power Scheme',
    InstanceID: 'SCHEME 0',
    // djmXEQtWUEOIcJgS85G1YA==
    SchemeGUID: bytes('763997110b56504388709812f391b560'),
  };
}

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
