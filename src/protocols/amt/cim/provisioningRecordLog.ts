import { integer, ipsClass, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** Who has provisioned the device. */
export const provisioningRecordLog = ipsClass('IPS_ProvisioningRecordLog', {
  ...settingData,
  CurrentNumberOfRecords: integer,
  MaxNumberOfRecords: integer,
  Name: text,
});
