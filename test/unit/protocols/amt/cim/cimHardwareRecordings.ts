import { biosElement } from '../../../../../src/protocols/amt/cim/biosElement';
import { card } from '../../../../../src/protocols/amt/cim/card';
import { chassis } from '../../../../../src/protocols/amt/cim/chassis';
import { chip } from '../../../../../src/protocols/amt/cim/chip';
import { computerSystemPackage } from '../../../../../src/protocols/amt/cim/computerSystemPackage';
import { ethernetPort } from '../../../../../src/protocols/amt/cim/ethernetPort';
import { mediaAccessDevice } from '../../../../../src/protocols/amt/cim/mediaAccessDevice';
import { physicalMemory } from '../../../../../src/protocols/amt/cim/physicalMemory';
import { processor } from '../../../../../src/protocols/amt/cim/processor';
import { softwareIdentity } from '../../../../../src/protocols/amt/cim/softwareIdentity';
import { onComputer, onDevice, type Recording, recording, reference } from './recordings';

const schema = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';

const managedSystem = reference(`${schema}CIM_ComputerSystem`, {
  CreationClassName: 'CIM_ComputerSystem',
  Name: 'ManagedSystem',
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

export const cimHardwareRecordings: readonly Recording[] = [
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
];
