import { cimClass, named, reference } from '../../wsman/cimClass';

const currency = { 0: 'unknown', 1: 'yes', 2: 'no' } as const;
const nexts = { 0: 'unknown', 1: 'yes', 2: 'no', 3: 'for a single use' } as const;

/** Which settings (`SettingData`) are in force for something (`ManagedElement`). */
export const elementSettingData = cimClass('CIM_ElementSettingData', {
  IsCurrent: named(currency),
  IsDefault: named(currency),
  IsNext: named(nexts),
  ManagedElement: reference,
  SettingData: reference,
});
