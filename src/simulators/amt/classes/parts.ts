import type { AmtDevice } from '../device';
import type { AmtArea, AmtClass } from '../model/amtClass';
import { hardwareReaders as readers } from '../realms';
import { type ClassName, type Properties, systemKeys } from '../model/values';

const deviceKeys = ['CreationClassName', 'DeviceID', 'SystemCreationClassName', 'SystemName'] as const;
const parents = ['CIM_LogicalDevice'] as const;

/** A class of parts inside the computer: what they have in common, and what is their own. */
function parts(name: ClassName, list: (device: AmtDevice) => readonly Properties[]): AmtClass {
  const common = systemKeys(name, 'ManagedSystem');
  return {
    name,
    keys: deviceKeys,
    parents,
    isDated: true,
    readers,
    list: (device) => list(device).map((one) => ({ ...common, OperationalStatus: 0, RequestedState: 12, ...one })),
  };
}

const processor = parts('CIM_Processor', ({ hardware: { processor: one } }) => [
  {
    CPUStatus: 1,
    CurrentClockSpeed: one.currentMhz,
    DeviceID: 'CPU 0',
    ElementName: 'Managed System CPU',
    EnabledState: 2,
    ExternalBusClockSpeed: 100,
    Family: one.family,
    HealthState: 0,
    MaxClockSpeed: one.maxMhz,
    OtherFamilyDescription: '',
    Role: 'Central',
    Stepping: one.stepping,
    UpgradeMethod: one.upgrade,
  },
]);

const chip: AmtClass = {
  name: 'CIM_Chip',
  keys: ['CreationClassName', 'Tag'],
  parents: ['CIM_PhysicalElement'],
  isDated: true,
  readers,
  list: ({ hardware }) => [
    {
      CanBeFRUed: true,
      CreationClassName: 'CIM_Chip',
      ElementName: 'Managed System Processor Chip',
      Manufacturer: 'Intel(R) Corporation',
      OperationalStatus: 0,
      Tag: 'CPU 0',
      Version: hardware.processor.name,
    },
  ],
};

const memory: AmtClass = {
  name: 'CIM_PhysicalMemory',
  keys: ['CreationClassName', 'Tag'],
  parents: ['CIM_Chip', 'CIM_PhysicalElement'],
  isDated: true,
  readers,
  list: (device) =>
    device.hardware.memory.map((module, at) => ({
      BankLabel: module.bank,
      Capacity: module.bytes,
      ConfiguredMemoryClockSpeed: module.mhz,
      CreationClassName: 'CIM_PhysicalMemory',
      ElementName: 'Managed System Memory Chip',
      FormFactor: module.form,
      IsSpeedInMhz: true,
      Manufacturer: module.maker,
      MaxMemorySpeed: module.mhz,
      MemoryType: module.type,
      PartNumber: module.part,
      SerialNumber: device.serial(`M${at}`).slice(0, 8),
      Speed: 0,
      Tag: at === 0 ? '9876543210' : `9876543210 (#${at})`,
    })),
};

const disk = parts('CIM_MediaAccessDevice', ({ hardware }) =>
  hardware.disks.map(({ kilobytes }, at) => ({
    Capabilities: 4,
    DeviceID: `MEDIA DEV ${at}`,
    ElementName: 'Managed System Media Access Device',
    EnabledDefault: 2,
    EnabledState: 0,
    MaxMediaSize: kilobytes,
    Security: 2,
  })),
);

const battery: AmtClass = {
  ...parts('CIM_Battery', ({ hardware: { battery: one } }) => [
    {
      BatteryStatus: one?.status,
      Chemistry: one?.chemistry,
      DesignCapacity: one?.designMilliwattHours,
      DesignVoltage: one?.designMillivolts,
      DeviceID: 'BATTERY 0',
      ElementName: 'Managed System Battery',
      EnabledDefault: 2,
      EnabledState: 0,
      FullChargeCapacity: one?.fullMilliwattHours,
      HealthState: 5,
      RemainingCapacity: one?.remainingMilliwattHours,
    },
  ]),
  isThere: ({ hardware }) => hardware.battery !== undefined,
};

const fan = parts('CIM_Fan', ({ hardware }) =>
  Array.from({ length: hardware.fans }, (_, at) => ({
    ActiveCooling: true,
    DeviceID: `FAN ${at}`,
    ElementName: 'Managed System Fan',
    EnabledDefault: 2,
    EnabledState: 2,
    HealthState: 5,
    VariableSpeed: true,
  })),
);

/** SensorType 2 is temperature. */
const sensor = parts('CIM_Sensor', () => [
  {
    CurrentState: 'OK',
    DeviceID: 'SENSOR 0',
    ElementName: 'Managed System Sensor',
    EnabledDefault: 2,
    EnabledState: 2,
    HealthState: 5,
    PossibleStates: ['OK', 'Critical'],
    SensorType: 2,
  },
]);

const wired: AmtClass = {
  name: 'CIM_EthernetPort',
  keys: deviceKeys,
  parents,
  isDated: true,
  list: (device) => [
    {
      ...systemKeys('CIM_EthernetPort'),
      Description: 'Wired0',
      DeviceID: 'Intel(r) AMT Ethernet Port 0',
      ElementName: 'Intel(r) AMT Ethernet Port',
      EnabledDefault: 5,
      EnabledState: 2,
      LinkTechnology: 2,
      MaxSpeed: device.hardware.wired.maxSpeed,
      NetworkAddresses: device.mac.toString('hex'),
      OperationalStatus: 0,
      PortType: 53,
      RequestedState: 12,
      Speed: device.hardware.wired.speed,
    },
  ],
};

/** What is inside the computer. Memory follows the processor's chip: an enumeration of chips gives both. */
export const insides: AmtArea = {
  classes: [processor, chip, memory, disk, battery, fan, sensor, wired],
};
