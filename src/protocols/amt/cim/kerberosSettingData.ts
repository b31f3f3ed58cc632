import { amtClass, boolean, integer, list, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** Logins by Kerberos. */
export const kerberosSettingData = amtClass('AMT_KerberosSettingData', {
  ...settingData,
  KeyVersion: integer,
  /** Minutes. */
  MaximumClockTolerance: integer,
  RealmName: text,
  ServicePrincipalName: list(text),
  ServicePrincipalProtocol: list(integer),
  krbEnabled: boolean,
});
