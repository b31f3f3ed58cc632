import { amtClass, integer } from '../../wsman/cimClass';
import { filterEntry } from '../cimFields';

/** A filter that another owner of a policy has made. */
export const networkFilter = amtClass('AMT_NetworkFilter', {
  ...filterEntry,
  /** The handle of the policy. */
  OwnerID: integer,
});
