import { amtClass } from '../../wsman/cimClass';
import { interfacePolicy } from '../cimFields';

/** The default policy of a network port. */
export const networkPortDefaultSystemDefensePolicy = amtClass('AMT_NetworkPortDefaultSystemDefensePolicy', {
  ...interfacePolicy,
});
