import { amtClass, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** With what the device logs in to a management presence server. */
export const mpsUsernamePassword = amtClass('AMT_MPSUsernamePassword', {
  ...settingData,
  Algorithm: text,
  Protocol: text,
  RemoteID: text,
  /** Write-only. */
  Secret: text,
});
