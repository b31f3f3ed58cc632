import { base64, boolean, datetime, integer, ipsClass, list, named, text } from '../../wsman/cimClass';
import { addressFormats, settingData } from '../cimFields';

/** How the device came into admin control mode. */
export const adminProvisioningRecord = ipsClass('IPS_AdminProvisioningRecord', {
  ...settingData,
  AdditionalCaSerialNums: list(base64),
  CertificateAuthority: text,
  CreationTimeStamp: datetime,
  HashAlgorithm: integer,
  IsOemDefault: boolean,
  IsTimeValid: boolean,
  OID: boolean,
  ProvServerFQDN: text,
  ProvServerIP: text,
  ProvServerIPType: named(addressFormats),
  ProvisionedCaSerialNumber: base64,
  ProvisioningTLSMode: integer,
  RecordID: integer,
  RngStatus: boolean,
  SecureDNS: boolean,
  SelectedHashData: base64,
  SelectedHashType: integer,
  TlsStartTime: datetime,
});
