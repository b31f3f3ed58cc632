import { cimClass, integer, named, text } from '../../wsman/cimClass';
import { logicalDevice } from '../cimFields';

const statuses = {
  0: 'unknown',
  1: 'enabled',
  2: 'disabled by the user',
  3: 'disabled by the BIOS',
  4: 'idle',
  7: 'other',
} as const;

/** A processor. Its brand is in the CIM_Chip of the same place in the list. */
export const processor = cimClass('CIM_Processor', {
  ...logicalDevice,
  /** Bits. */
  AddressWidth: integer,
  CPUStatus: named(statuses),
  /** Megahertz. */
  CurrentClockSpeed: integer,
  /** Bits. */
  DataWidth: integer,
  /** Megahertz. */
  ExternalBusClockSpeed: integer,
  /** SMBIOS type 4: 198 Core i7, 205 Core i5, 206 Core i3, 179 Xeon… */
  Family: integer,
  LoadPercentage: integer,
  /** Megahertz; what the socket takes. */
  MaxClockSpeed: integer,
  NumberOfEnabledCores: integer,
  OtherFamilyDescription: text,
  Role: text,
  Stepping: text,
  UniqueID: text,
  UpgradeMethod: integer,
});
