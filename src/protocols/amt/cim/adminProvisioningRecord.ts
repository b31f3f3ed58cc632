import { boolean, datetime, integer, ipsClass, list, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** How the device came into admin control mode. */
export const adminProvisioningRecord = ipsClass('IPS_AdminProvisioningRecord', {
  ...settingData,
  AdditionalCaSerialNums: integer,
  CaCertificateSerials: list(text),
  CertificateCN: text,
  CreationTimeStamp: datetime,
  EHBCState: boolean,
  HashIsOemDefault: boolean,
  RecordID: text,
  SecureDNS: boolean,
  SelectedHashData: text,
  SelectedHashType: integer,
});
