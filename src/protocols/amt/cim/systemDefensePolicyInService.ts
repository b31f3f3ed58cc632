import { amtClass, reference } from '../../wsman/cimClass';

/** That System Defense (`Antecedent`) has a policy (`Dependent`). */
export const systemDefensePolicyInService = amtClass('AMT_SystemDefensePolicyInService', {
  Antecedent: reference,
  Dependent: reference,
});
