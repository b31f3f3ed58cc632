import { alertIndication } from '../../../../../src/protocols/amt/cim/alertIndication';
import { associatedPowerManagementService } from '../../../../../src/protocols/amt/cim/associatedPowerManagementService';
import { biosElement } from '../../../../../src/protocols/amt/cim/biosElement';
import { bootConfigSetting } from '../../../../../src/protocols/amt/cim/bootConfigSetting';
import { bootService } from '../../../../../src/protocols/amt/cim/bootService';
import { bootSourceSetting } from '../../../../../src/protocols/amt/cim/bootSourceSetting';
import { card } from '../../../../../src/protocols/amt/cim/card';
import { chassis } from '../../../../../src/protocols/amt/cim/chassis';
import { chip } from '../../../../../src/protocols/amt/cim/chip';
import { computerSystemPackage } from '../../../../../src/protocols/amt/cim/computerSystemPackage';
import { ethernetPort } from '../../../../../src/protocols/amt/cim/ethernetPort';
import { kvmRedirectionSap } from '../../../../../src/protocols/amt/cim/kvmRedirectionSap';
import { mediaAccessDevice } from '../../../../../src/protocols/amt/cim/mediaAccessDevice';
import { physicalMemory } from '../../../../../src/protocols/amt/cim/physicalMemory';
import { powerManagementCapabilities } from '../../../../../src/protocols/amt/cim/powerManagementCapabilities';
import { powerManagementService } from '../../../../../src/protocols/amt/cim/powerManagementService';
import { processor } from '../../../../../src/protocols/amt/cim/processor';
import { serviceAvailableToElement } from '../../../../../src/protocols/amt/cim/serviceAvailableToElement';
import { softwareIdentity } from '../../../../../src/protocols/amt/cim/softwareIdentity';
import { wifiEndpointSettings } from '../../../../../src/protocols/amt/cim/wifiEndpointSettings';
import { wifiPort } from '../../../../../src/protocols/amt/cim/wifiPort';
import { onComputer, onDevice, type Recording, recording, reference } from './recordings';

const schema = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';
const managedSystem = reference(`${schema}CIM_ComputerSystem`, {
  CreationClassName: 'CIM_ComputerSystem',
  Name: 'ManagedSystem',
});
const powerService = reference(`${schema}CIM_PowerManagementService`, {
  ...onDevice,
  CreationClassName: 'CIM_PowerManagementService',
  Name: 'Intel(r) AMT Power Management Service',
});

const board = {
  CanBeFRUed: true,
  CreationClassName: 'CIM_Card',
  ElementName: 'Managed System Base Board',
  Manufacturer: 'Intel Corporation',
  Model: 'NUC9V7QNB',
  OperationalStatus: ['unknown'],
  PackageType: 'module/card',
  SerialNumber: 'KNQN0221020W',
  Tag: 'CIM_Card',
  Version: 'K47180-402',
};

const bootSource = { ElementName: 'Intel(r) AMT: Boot Source', FailThroughSupported: 'not supported' };
const hardDrive = {
  ...bootSource,
  InstanceID: 'Intel(r) AMT: Force Hard-drive Boot',
  StructuredBootString: 'CIM:Hard-Disk:1',
};

const drive = {
  ...onComputer,
  Capabilities: ['supports writing'],
  CreationClassName: 'CIM_MediaAccessDevice',
  ElementName: 'Managed System Media Access Device',
  EnabledDefault: 'enabled',
  EnabledState: 'unknown',
  OperationalStatus: ['unknown'],
  RequestedState: 'not applicable',
  Security: 'unknown',
};

const module = {
  Capacity: 17_179_869_184,
  ConfiguredMemoryClockSpeed: 2400,
  CreationClassName: 'CIM_PhysicalMemory',
  ElementName: 'Managed System Memory Chip',
  FormFactor: 'SODIMM',
  IsSpeedInMhz: true,
  Manufacturer: '859B',
  MaxMemorySpeed: 2400,
  MemoryType: 'DDR4',
  PartNumber: 'CT16G4SFD824A.M16FE ',
  Speed: 0,
};

const requestable = [
  'power cycle (off soft)',
  'off soft',
  'on',
  'master bus reset',
  'diagnostic interrupt',
  'off soft graceful',
  'master bus reset graceful',
];
const power = {
  AvailableRequestedPowerStates: [
    'master bus reset',
    'off soft',
    'power cycle (off soft)',
    'diagnostic interrupt',
    'sleep deep',
    'hibernate',
    'master bus reset graceful',
    'off soft graceful',
  ],
  PowerState: 'on',
  ServiceProvided: powerService,
  UserOfService: managedSystem,
};

export const cimRecordings: readonly Recording[] = [
  recording(
    associatedPowerManagementService,
    [
      'cim/associatedpower/managementservice/get',
      'cim/associatedpower/managementservice/pull',
      'cim/service/availabletoelement/pull',
    ],
    power,
  ),
  // The device answers with the subclass above; what the superclass does not know is kept.
  recording(serviceAvailableToElement, ['cim/service/availabletoelement/pull'], {
    ServiceProvided: powerService,
    UserOfService: managedSystem,
    other: { AvailableRequestedPowerStates: ['10', '8', '5', '11', '4', '7', '14', '12'], PowerState: ['2'] },
  }),
  recording(biosElement, ['cim/bios/element/get', 'cim/bios/element/pull'], {
    ElementName: 'Primary BIOS',
    Manufacturer: 'Intel Corp.',
    Name: 'Primary BIOS',
    OperationalStatus: ['unknown'],
    PrimaryBIOS: true,
    ReleaseDate: new Date('2020-08-10T00:00:00Z'),
    SoftwareElementID: 'QNCFLX70.0054.2020.0810.2227',
    SoftwareElementState: 'executable',
    TargetOperatingSystem: 66,
    Version: 'QNCFLX70.0054.2020.0810.2227',
  }),
  recording(bootConfigSetting, ['cim/boot/configsetting/get', 'cim/boot/configsetting/pull'], {
    ElementName: 'Intel(r) AMT: Boot Configuration',
    InstanceID: 'Intel(r) AMT: Boot Configuration 0',
  }),
  recording(bootService, ['cim/boot/service/get', 'cim/boot/service/pull'], {
    ...onDevice,
    CreationClassName: 'CIM_BootService',
    ElementName: 'Intel(r) AMT Boot Service',
    EnabledState: 'enabled',
    Name: 'Intel(r) AMT Boot Service',
    OperationalStatus: ['unknown'],
    RequestedState: 'not applicable',
  }),
  recording(bootSourceSetting, ['cim/boot/sourcesetting/get'], hardDrive),
  recording(
    bootSourceSetting,
    ['cim/boot/sourcesetting/pull'],
    hardDrive,
    { ...bootSource, InstanceID: 'Intel(r) AMT: Force PXE Boot', StructuredBootString: 'CIM:Network:1' },
    { ...bootSource, InstanceID: 'Intel(r) AMT: Force CD/DVD Boot', StructuredBootString: 'CIM:CD/DVD:1' },
  ),
  recording(card, ['cim/card/get', 'cim/card/pull', 'cim/physical/package/pull'], board),
  recording(chassis, ['cim/chassis/get', 'cim/chassis/pull'], {
    ChassisPackageType: 'unknown',
    CreationClassName: 'CIM_Chassis',
    ElementName: 'Managed System Chassis',
    Manufacturer: 'Intel(R) Client Systems',
    Model: 'NUC9V7QNX',
    OperationalStatus: ['unknown'],
    PackageType: 'chassis/frame',
    SerialNumber: 'JRQN0243007J',
    Tag: 'CIM_Chassis',
    Version: 'K47174-402',
  }),
  recording(chip, ['cim/chip/get', 'cim/chip/pull'], {
    CanBeFRUed: true,
    CreationClassName: 'CIM_Chip',
    ElementName: 'Managed System Processor Chip',
    Manufacturer: 'Intel(R) Corporation',
    OperationalStatus: ['unknown'],
    Tag: 'CPU 0',
    Version: 'Intel(R) Core(TM) i7-9850H CPU @ 2.60GHz',
  }),
  recording(computerSystemPackage, ['cim/computer/systempackage/get', 'cim/computer/systempackage/pull'], {
    Antecedent: reference(`${schema}CIM_Chassis`, { CreationClassName: 'CIM_Chassis', Tag: 'CIM_Chassis' }),
    Dependent: managedSystem,
    PlatformGUID: '13AEE355D2BFBB6117A088AEDD7037EA',
  }),
  recording(ethernetPort, ['cim/ethernetport/get', 'cim/ethernetport/pull'], {
    ...onDevice,
    CreationClassName: 'CIM_EthernetPort',
    Description: 'Wired0',
    DeviceID: 'Intel(r) AMT Ethernet Port 0',
    ElementName: 'Intel(r) AMT Ethernet Port',
    EnabledDefault: 'not applicable',
    EnabledState: 'enabled',
    LinkTechnology: 'Ethernet',
    MaxSpeed: 2_500_000_000,
    NetworkAddresses: ['48210b50d8c9'],
    OperationalStatus: ['unknown'],
    PortType: '1000BaseT',
    RequestedState: 'not applicable',
    Speed: 1_000_000_000,
  }),
  recording(kvmRedirectionSap, ['cim/kvm/get'], {
    ...onComputer,
    CreationClassName: 'CIM_KVMRedirectionSAP',
    ElementName: 'KVM Redirection Service Access Point',
    EnabledState: 'enabled but offline',
    KVMProtocol: 'VNC-RFB',
    Name: 'KVM Redirection Service Access Point',
    RequestedState: 'enabled',
  }),
  recording(
    mediaAccessDevice,
    ['cim/mediaaccess/pull'],
    { ...drive, DeviceID: 'MEDIA DEV 0', MaxMediaSize: 960_197_124 },
    { ...drive, DeviceID: 'MEDIA DEV 1', MaxMediaSize: 500_107_862 },
  ),
  recording(
    physicalMemory,
    ['cim/physical/memory/pull'],
    { ...module, BankLabel: 'BANK 0', SerialNumber: 'E0E8D670', Tag: '9876543210' },
    { ...module, BankLabel: 'BANK 2', SerialNumber: 'E0E8D070', Tag: '9876543210 (#1)' },
  ),
  recording(processor, ['cim/physical/processor/get', 'cim/physical/processor/pull'], {
    ...onComputer,
    CPUStatus: 'enabled',
    CreationClassName: 'CIM_Processor',
    CurrentClockSpeed: 2400,
    DeviceID: 'CPU 0',
    ElementName: 'Managed System CPU',
    EnabledState: 'enabled',
    ExternalBusClockSpeed: 100,
    Family: 198,
    HealthState: 'unknown',
    MaxClockSpeed: 8300,
    OperationalStatus: ['unknown'],
    OtherFamilyDescription: '',
    RequestedState: 'not applicable',
    Role: 'Central',
    Stepping: '13',
    UpgradeMethod: 52,
  }),
  recording(powerManagementCapabilities, ['cim/power/capabilities/get', 'cim/power/capabilities/pull'], {
    ElementName: 'Power Management Capabilities',
    InstanceID: 'Intel(r) AMT:PowerManagementCapabilities 0',
    OtherPowerChangeCapabilities: [''],
    PowerChangeCapabilities: [
      'power saving modes entered automatically',
      'power state settable',
      'power cycling supported',
      'HW reset supported',
      'graceful shutdown supported',
    ],
    PowerStatesSupported: requestable,
    RequestedPowerStatesSupported: requestable,
  }),
  recording(powerManagementService, ['cim/power/managementservice/get', 'cim/power/managementservice/pull'], {
    ...onDevice,
    CreationClassName: 'CIM_PowerManagementService',
    ElementName: 'Intel(r) AMT Power Management Service',
    EnabledState: 'not applicable',
    Name: 'Intel(r) AMT Power Management Service',
    RequestedState: 'not applicable',
  }),
  recording(
    softwareIdentity,
    ['cim/software/identity/pull'],
    { InstanceID: 'Flash', IsEntity: true, VersionString: '12.0.67' },
    { InstanceID: 'Netstack', IsEntity: true, VersionString: '12.0.67' },
    { InstanceID: 'AMTApps', IsEntity: true, VersionString: '12.0.67' },
    { InstanceID: 'AMT', IsEntity: true, VersionString: '12.0.67' },
    { InstanceID: 'Sku', IsEntity: true, VersionString: '16392' },
    { InstanceID: 'VendorID', IsEntity: true, VersionString: '8086' },
    { InstanceID: 'Build Number', IsEntity: true, VersionString: '1579' },
    { InstanceID: 'Recovery Version', IsEntity: true, VersionString: '12.0.67' },
    { InstanceID: 'Recovery Build Num', IsEntity: true, VersionString: '1579' },
    { InstanceID: 'Legacy Mode', IsEntity: true, VersionString: 'False' },
    { InstanceID: 'AMT FW Core Version', IsEntity: true, VersionString: '12.0.67' },
  ),
  recording(wifiEndpointSettings, ['cim/wifi/endpointsettings/pull'], {
    AuthenticationMethod: 'open',
    BSSType: 'infrastructure',
    ElementName: 'Test',
    EncryptionMethod: 'WEP',
    InstanceID: 'Test',
    Priority: 1,
    SSID: 'testSSID',
  }),
  recording(wifiPort, ['cim/wifi/port/get', 'cim/wifi/port/pull'], {
    ...onDevice,
    CreationClassName: 'CIM_WiFiPort',
    DeviceID: 'WiFi Port 0',
    ElementName: 'WiFi Port 0',
    EnabledState: 'disabled',
    HealthState: 'OK',
    LinkTechnology: 'wireless LAN',
    PermanentAddress: '000000000000',
    PortType: 0,
    RequestedState: 'disabled',
  }),
  recording(alertIndication, ['../events/alertindication-iamt0005'], {
    AlertType: 'security',
    AlertingElementFormat: 'CIM object path',
    AlertingManagedElement: 'Interop:CIM_ComputerSystem.CreationClassName="CIM_ComputerSystem",Name="Intel(r) AMT"',
    IndicationFilterName: 'Intel(r) AMT:AllEvents',
    IndicationIdentifier: 'Intel(r):2950234687',
    IndicationTime: new Date('2017-01-31T15:40:09Z'),
    Message: '',
    MessageArguments: ['0', 'Interop:CIM_ComputerSystem.CreationClassName=CIM_ComputerSystem,Name=Intel(r) AMT'],
    MessageID: 'iAMT0005',
    OtherAlertingElementFormat: '',
    OtherSeverity: '',
    OwningEntity: 'Intel(r) AMT',
    PerceivedSeverity: 'information',
    ProbableCause: 0,
    SystemName: 'Intel(r) AMT',
  }),
];
