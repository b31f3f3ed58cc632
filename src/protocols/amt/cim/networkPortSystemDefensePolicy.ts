import { amtClass, boolean } from '../../wsman/cimClass';
import { interfacePolicy } from '../cimFields';

/** That a policy (`Dependent`) is in force on a network port (`Antecedent`). */
export const networkPortSystemDefensePolicy = amtClass('AMT_NetworkPortSystemDefensePolicy', {
  ...interfacePolicy,
  Enabled: boolean,
});
