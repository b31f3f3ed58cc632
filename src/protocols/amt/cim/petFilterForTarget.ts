import { amtClass, integer, reference } from '../../wsman/cimClass';

/** That a filter (`SettingData`) belongs to a subscriber (`ManagedElement`). */
export const petFilterForTarget = amtClass('AMT_PETFilterForTarget', {
  IsCurrent: integer,
  IsDefault: integer,
  IsNext: integer,
  ManagedElement: reference,
  SettingData: reference,
});
