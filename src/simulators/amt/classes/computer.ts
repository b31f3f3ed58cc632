import type { AmtArea, AmtClass } from '../model/amtClass';
import { hardwareReaders } from '../realms';
import { managedSystem, type Properties, reference } from '../model/values';

const readers = hardwareReaders;

const system: AmtClass = {
  name: 'CIM_ComputerSystem',
  keys: ['CreationClassName', 'Name'],
  isDated: true,
  list: (device) => [
    {
      CreationClassName: 'CIM_ComputerSystem',
      ElementName: 'Managed System',
      EnabledDefault: 5,
      EnabledState: device.machine.isOn ? 2 : 3,
      HealthState: 0,
      Name: 'ManagedSystem',
      NameFormat: 'Other',
      OperationalStatus: 0,
      RequestedState: 12,
    },
    {
      CreationClassName: 'CIM_ComputerSystem',
      Dedicated: 14,
      ElementName: 'Intel(r) AMT Subsystem',
      EnabledDefault: 5,
      EnabledState: 5,
      HealthState: 0,
      Name: 'Intel(r) AMT',
      NameFormat: 'Other',
      OperationalStatus: 0,
      RequestedState: 12,
    },
  ],
};

const systemPackage: AmtClass = {
  name: 'CIM_ComputerSystemPackage',
  keys: ['Antecedent', 'Dependent'],
  parents: ['CIM_SystemPackaging'],
  readers,
  list: (device) => [
    {
      Antecedent: reference('CIM_Chassis', { CreationClassName: 'CIM_Chassis', Tag: 'CIM_Chassis' }),
      Dependent: managedSystem,
      PlatformGUID: device.uuid.toString('hex').toUpperCase(),
    },
  ],
};

const card: AmtClass = {
  name: 'CIM_Card',
  keys: ['CreationClassName', 'Tag'],
  parents: ['CIM_PhysicalPackage', 'CIM_PhysicalElement'],
  isDated: true,
  readers,
  list: (device) => [
    {
      CanBeFRUed: true,
      CreationClassName: 'CIM_Card',
      ElementName: 'Managed System Base Board',
      Manufacturer: device.hardware.board.maker,
      Model: device.hardware.board.model,
      OperationalStatus: 0,
      PackageType: 9,
      SerialNumber: device.serial('B'),
      Tag: 'CIM_Card',
      Version: device.hardware.board.version,
    },
  ],
};

/** The packages of disks, which have model and serial number: in the order of the disks. */
const diskPackage: AmtClass = {
  name: 'CIM_PhysicalPackage',
  keys: ['CreationClassName', 'Tag'],
  parents: ['CIM_PhysicalElement'],
  isDated: true,
  readers,
  list: (device) =>
    device.hardware.disks.map(({ model }, at) => ({
      CanBeFRUed: true,
      CreationClassName: 'CIM_PhysicalPackage',
      ElementName: 'Managed System Media Access Device Package',
      Model: model,
      OperationalStatus: 0,
      PackageType: 15,
      SerialNumber: device.serial(`D${at}`),
      Tag: `MEDIA DEV ${at}`,
    })),
};

const chassis: AmtClass = {
  name: 'CIM_Chassis',
  keys: ['CreationClassName', 'Tag'],
  parents: ['CIM_PhysicalPackage', 'CIM_PhysicalElement'],
  isDated: true,
  readers,
  list: (device) => [
    {
      ChassisPackageType: device.hardware.chassis.type,
      CreationClassName: 'CIM_Chassis',
      ElementName: 'Managed System Chassis',
      Manufacturer: device.hardware.chassis.maker,
      Model: device.hardware.chassis.model,
      OperationalStatus: 0,
      PackageType: 3,
      SerialNumber: device.serial('C'),
      Tag: 'CIM_Chassis',
      Version: device.hardware.chassis.version,
    },
  ],
};

const realizes: AmtClass = {
  name: 'CIM_Realizes',
  keys: ['Antecedent', 'Dependent'],
  readers,
  list: (device) => device.hardware.disks.map((_, at) => realizedDisk(at)),
};

const biosElement: AmtClass = {
  name: 'CIM_BIOSElement',
  keys: ['Name', 'SoftwareElementID', 'SoftwareElementState', 'TargetOperatingSystem', 'Version'],
  isDated: true,
  readers,
  list: ({ hardware: { bios } }) => [
    {
      ElementName: 'Primary BIOS',
      Manufacturer: bios.maker,
      Name: 'Primary BIOS',
      OperationalStatus: 0,
      PrimaryBIOS: true,
      ReleaseDate: { datetime: bios.date },
      SoftwareElementID: bios.version,
      SoftwareElementState: 2,
      TargetOperatingSystem: 66,
      Version: bios.version,
    },
  ],
};

const biosFeature: AmtClass = {
  name: 'CIM_BIOSFeature',
  keys: ['IdentifyingNumber', 'Name', 'Vendor', 'Version'],
  isDated: true,
  readers,
  list: ({ hardware: { bios } }) => [
    {
      Characteristics: [4, 7, 11, 12, 15, 16, 19, 33],
      ElementName: 'Managed System BIOS',
      IdentifyingNumber: bios.version,
      Name: 'BIOSFeature',
      ProductName: 'BIOS',
      Vendor: bios.maker,
      Version: bios.version,
    },
  ],
};

/** The computer as a whole, its board, case and firmware. */
export const computer: AmtArea = {
  classes: [system, systemPackage, card, diskPackage, chassis, realizes, biosElement, biosFeature],
};

function realizedDisk(at: number): Properties {
  const tag = `MEDIA DEV ${at}`;
  return {
    Antecedent: reference('CIM_PhysicalPackage', { CreationClassName: 'CIM_PhysicalPackage', Tag: tag }),
    Dependent: reference('CIM_MediaAccessDevice', {
      CreationClassName: 'CIM_MediaAccessDevice',
      DeviceID: tag,
      SystemCreationClassName: 'CIM_ComputerSystem',
      SystemName: 'ManagedSystem',
    }),
  };
}
