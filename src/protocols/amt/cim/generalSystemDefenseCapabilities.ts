import { amtClass, integer } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** How many filters and policies the device holds; absent where it has no System Defense. */
export const generalSystemDefenseCapabilities = amtClass('AMT_GeneralSystemDefenseCapabilities', {
  ...settingData,
  GlobalMaxSupportedFilters: integer,
  GlobalMaxSupportedPolicies: integer,
});
