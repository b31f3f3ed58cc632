import { boolean, datetime, integer, list, named, reference, text } from '../wsman/cimClass';

/** What many classes of the CIM schema 2 have in common: their superclasses' properties and value maps. */

/** CIM_EnabledLogicalElement.EnabledState. */
export const enabledStates = {
  0: 'unknown',
  1: 'other',
  2: 'enabled',
  3: 'disabled',
  4: 'shutting down',
  5: 'not applicable',
  6: 'enabled but offline',
  7: 'in test',
  8: 'deferred',
  9: 'quiesce',
  10: 'starting',
} as const;

/** CIM_EnabledLogicalElement.RequestedState. */
export const requestedStates = {
  0: 'unknown',
  2: 'enabled',
  3: 'disabled',
  4: 'shut down',
  5: 'no change',
  6: 'offline',
  7: 'test',
  8: 'deferred',
  9: 'quiesce',
  10: 'reboot',
  11: 'reset',
  12: 'not applicable',
} as const;

/** CIM_ManagedSystemElement.OperationalStatus. */
export const operationalStatuses = {
  0: 'unknown',
  1: 'other',
  2: 'OK',
  3: 'degraded',
  4: 'stressed',
  5: 'predictive failure',
  6: 'error',
  7: 'non-recoverable error',
  8: 'starting',
  9: 'stopping',
  10: 'stopped',
  11: 'in service',
  12: 'no contact',
  13: 'lost communication',
  14: 'aborted',
  15: 'dormant',
  16: 'supporting entity in error',
  17: 'completed',
  18: 'power mode',
} as const;

const enabledDefaults = {
  2: 'enabled',
  3: 'disabled',
  5: 'not applicable',
  6: 'enabled but offline',
  7: 'no default',
  9: 'quiesce',
} as const;

const healthStates = {
  0: 'unknown',
  5: 'OK',
  10: 'degraded',
  15: 'minor failure',
  20: 'major failure',
  25: 'critical failure',
  30: 'non-recoverable error',
} as const;

/**
 * PowerState of CIM_AssociatedPowerManagementService and what is asked for with RequestPowerStateChange, DSP1027 section 7. CIM calls 5
 * and 8 soft; Intel AMT cuts the power at once, without telling the operating system.
 */
export const powerStates = {
  1: 'other',
  2: 'on',
  3: 'sleep light',
  4: 'sleep deep',
  5: 'power cycle (off soft)',
  6: 'off hard',
  7: 'hibernate',
  8: 'off soft',
  9: 'power cycle (off hard)',
  10: 'master bus reset',
  11: 'diagnostic interrupt',
  12: 'off soft graceful',
  13: 'off hard graceful',
  14: 'master bus reset graceful',
  15: 'power cycle (off soft graceful)',
  16: 'power cycle (off hard graceful)',
} as const;

/** How an address is written: CIM_RemoteServiceAccessPoint.InfoFormat, with Intel's 201. */
export const addressFormats = { 1: 'other', 2: 'host name', 3: 'IPv4', 4: 'IPv6', 201: 'FQDN' } as const;

export const managedElement = { Caption: text, Description: text, ElementName: text };

/** CIM_SettingData and CIM_Capabilities. */
export const settingData = { ...managedElement, InstanceID: text };

/** CIM_ManagedSystemElement. */
export const operational = {
  ...managedElement,
  HealthState: named(healthStates),
  InstallDate: datetime,
  Name: text,
  OperationalStatus: list(named(operationalStatuses)),
  Status: text,
  StatusDescriptions: list(text),
};

/** CIM_EnabledLogicalElement. */
export const enabled = {
  ...operational,
  EnabledDefault: named(enabledDefaults),
  EnabledState: named(enabledStates),
  OtherEnabledState: text,
  RequestedState: named(requestedStates),
  TimeOfLastStateChange: datetime,
};

/** CIM_Service and CIM_ServiceAccessPoint: enabled elements that a system holds. */
export const serviceKeys = {
  ...enabled,
  CreationClassName: text,
  SystemCreationClassName: text,
  SystemName: text,
};

/** CIM_LogicalDevice. */
export const logicalDevice = {
  ...serviceKeys,
  Availability: integer,
  DeviceID: text,
  IdentifyingDescriptions: list(text),
  MaxQuiesceTime: integer,
  OtherIdentifyingInfo: list(text),
  PowerOnHours: integer,
  TotalPowerOnHours: integer,
};

/** CIM_NetworkPort. Addresses are hexadecimal digits without separators, speeds in bits a second. */
export const networkPort = {
  ...logicalDevice,
  FullDuplex: boolean,
  LinkTechnology: named({
    0: 'unknown',
    1: 'other',
    2: 'Ethernet',
    3: 'IB',
    4: 'FC',
    5: 'FDDI',
    6: 'ATM',
    7: 'Token Ring',
    8: 'Frame Relay',
    9: 'infrared',
    10: 'Bluetooth',
    11: 'wireless LAN',
  }),
  MaxSpeed: integer,
  NetworkAddresses: list(text),
  OtherLinkTechnology: text,
  PermanentAddress: text,
  PortNumber: integer,
  PortType: integer,
  Speed: integer,
  SupportedMaximumTransmissionUnit: integer,
  UsageRestriction: integer,
};

/** CIM_PhysicalElement. */
export const physicalElement = {
  ...operational,
  CanBeFRUed: boolean,
  CreationClassName: text,
  Manufacturer: text,
  ManufactureDate: datetime,
  Model: text,
  OtherIdentifyingInfo: text,
  PartNumber: text,
  PoweredOn: boolean,
  SKU: text,
  SerialNumber: text,
  Tag: text,
  UserTracking: text,
  VendorEquipmentType: text,
  Version: text,
};

const packageTypes = {
  0: 'unknown',
  1: 'other',
  2: 'rack',
  3: 'chassis/frame',
  4: 'cross connect/backplane',
  5: 'container/frame slot',
  6: 'power supply',
  7: 'fan',
  8: 'sensor',
  9: 'module/card',
  10: 'port/connector',
  11: 'battery',
  12: 'processor',
  13: 'memory',
  14: 'power source/generator',
  15: 'storage media package',
  16: 'blade',
  17: 'blade expansion',
} as const;

/** CIM_PhysicalPackage. */
export const packageFields = {
  ...physicalElement,
  Height: integer,
  PackageType: named(packageTypes),
  RemovalConditions: integer,
};

/** AMT_FilterEntryBase: a network filter of System Defense. */
export const filterEntry = {
  ...managedElement,
  ActionEventOnMatch: boolean,
  CreationClassName: text,
  /** `inbound` is to the computer. */
  FilterDirection: named({ 0: 'outbound', 1: 'inbound' }),
  FilterProfile: named({ 0: 'pass and count', 1: 'drop and count', 2: 'limit rate', 3: 'pass', 4: 'drop' }),
  /** Of `limit rate`: packets a second. */
  FilterProfileData: integer,
  /** The handle by which policies name it. */
  InstanceID: text,
  IsNegated: boolean,
  Name: text,
  SystemCreationClassName: text,
  SystemName: text,
};

/** AMT_InterfacePolicy: a policy of System Defense (`Dependent`) on a network port (`Antecedent`). */
export const interfacePolicy = {
  /** Of the policies in force it is the one of the highest precedence. */
  Active: boolean,
  Antecedent: reference,
  Dependent: reference,
};
