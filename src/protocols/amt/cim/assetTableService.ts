import { amtClass, boolean } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** Access to SMBIOS tables as bytes. */
export const assetTableService = amtClass('AMT_AssetTableService', {
  ...serviceKeys,
  Started: boolean,
});
