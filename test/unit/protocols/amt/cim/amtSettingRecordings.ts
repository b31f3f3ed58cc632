import { bootCapabilities } from '../../../../../src/protocols/amt/cim/bootCapabilities';
import { bootSettingData } from '../../../../../src/protocols/amt/cim/bootSettingData';
import { environmentDetectionSettingData } from '../../../../../src/protocols/amt/cim/environmentDetectionSettingData';
import { ethernetPortSettings } from '../../../../../src/protocols/amt/cim/ethernetPortSettings';
import { generalSettings } from '../../../../../src/protocols/amt/cim/generalSettings';
import { hdr8021Filter } from '../../../../../src/protocols/amt/cim/hdr8021Filter';
import { tlsProtocolEndpointCollection } from '../../../../../src/protocols/amt/cim/tlsProtocolEndpointCollection';
import { tlsSettingData } from '../../../../../src/protocols/amt/cim/tlsSettingData';
import { onDevice, type Recording, recording } from './recordings';

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

export const amtSettingRecordings: readonly Recording[] = [
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
];
