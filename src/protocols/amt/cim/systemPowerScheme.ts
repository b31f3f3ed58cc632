import { amtClass, base64 } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** When the management engine is awake. `SetPowerScheme` with the InstanceID as key chooses one. */
export const systemPowerScheme = amtClass('AMT_SystemPowerScheme', {
  ...settingData,
  /** 16 bytes. */
  SchemeGUID: base64,
});
