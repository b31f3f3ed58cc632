import { boolean, cimClass, integer, named, text } from '../../wsman/cimClass';
import { physicalElement } from '../cimFields';

/** SMBIOS type 17, as the device writes it, and not the CIM schema's. */
const formFactors = {
  1: 'other',
  2: 'unknown',
  3: 'SIMM',
  4: 'SIP',
  5: 'chip',
  6: 'DIP',
  7: 'ZIP',
  8: 'proprietary card',
  9: 'DIMM',
  10: 'TSOP',
  11: 'row of chips',
  12: 'RIMM',
  13: 'SODIMM',
  14: 'SRIMM',
  15: 'FB-DIMM',
  16: 'die',
} as const;
const memoryTypes = {
  1: 'other',
  2: 'unknown',
  3: 'DRAM',
  15: 'SDRAM',
  17: 'RDRAM',
  18: 'DDR',
  19: 'DDR2',
  20: 'DDR2 FB-DIMM',
  24: 'DDR3',
  25: 'FBD2',
  26: 'DDR4',
  27: 'LPDDR',
  28: 'LPDDR2',
  29: 'LPDDR3',
  30: 'LPDDR4',
  34: 'DDR5',
  35: 'LPDDR5',
} as const;

/** A memory module. */
export const physicalMemory = cimClass('CIM_PhysicalMemory', {
  ...physicalElement,
  BankLabel: text,
  /** Bytes. */
  Capacity: integer,
  /** Megahertz. */
  ConfiguredMemoryClockSpeed: integer,
  /** Bits. */
  DataWidth: integer,
  FormFactor: named(formFactors),
  /** Whether `MaxMemorySpeed` is the speed; otherwise `Speed` is, in nanoseconds. */
  IsSpeedInMhz: boolean,
  /** Megahertz. */
  MaxMemorySpeed: integer,
  MemoryType: named(memoryTypes),
  Speed: integer,
  /** Bits. */
  TotalWidth: integer,
});
