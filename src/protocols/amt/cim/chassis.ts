import { boolean, cimClass, integer, list, named } from '../../wsman/cimClass';
import { packageFields } from '../cimFields';

const chassisTypes = {
  0: 'unknown',
  1: 'other',
  2: 'SMBIOS reserved',
  3: 'desktop',
  4: 'low profile desktop',
  5: 'pizza box',
  6: 'mini tower',
  7: 'tower',
  8: 'portable',
  9: 'laptop',
  10: 'notebook',
  11: 'hand held',
  12: 'docking station',
  13: 'all in one',
  14: 'sub notebook',
  15: 'space-saving',
  16: 'lunch box',
  17: 'main system chassis',
  18: 'expansion chassis',
  19: 'sub chassis',
  20: 'bus expansion chassis',
  21: 'peripheral chassis',
  22: 'storage chassis',
  23: 'SMBIOS reserved',
  24: 'sealed-case PC',
  25: 'SMBIOS reserved',
  26: 'compact PCI',
  27: 'advanced TCA',
  28: 'blade enclosure',
} as const;

/** The enclosure of the computer. */
export const chassis = cimClass('CIM_Chassis', {
  ...packageFields,
  AudibleAlarm: boolean,
  ChassisPackageType: named(chassisTypes),
  ChassisTypes: list(integer),
  LockPresent: boolean,
  SecurityBreach: integer,
});
