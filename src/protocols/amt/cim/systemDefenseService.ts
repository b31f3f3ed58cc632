import { amtClass, boolean } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** System Defense as a whole. */
export const systemDefenseService = amtClass('AMT_SystemDefenseService', {
  ...serviceKeys,
  Started: boolean,
});
