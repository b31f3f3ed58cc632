import { cimClass } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** The boot configuration; `ChangeBootOrder` sets the source of the next boot. */
export const bootConfigSetting = cimClass('CIM_BootConfigSetting', {
  ...settingData,
});
