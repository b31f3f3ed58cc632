import { amtClass, boolean, integer, list, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** Logins by Kerberos. */
export const kerberosSettingData = amtClass('AMT_KerberosSettingData', {
  ...settingData,
  ConfiguredEncryptionAlgorithms: list(integer),
  EncryptionAlgorithm: integer,
  IterationCount: integer,
  KeyVersion: integer,
  KrbEnabled: boolean,
  /** Write-only. */
  MasterKey: list(integer),
  /** Minutes. */
  MaximumClockTolerance: integer,
  /** Write-only. */
  Passphrase: text,
  RealmName: text,
  Salt: text,
  ServicePrincipalName: list(text),
  ServicePrincipalProtocol: list(integer),
  SupportedEncryptionAlgorithms: list(integer),
});
