import { amtClass, reference } from '../../wsman/cimClass';

/** That a policy (`Antecedent`) has a filter (`Dependent`). */
export const filterInSystemDefensePolicy = amtClass('AMT_FilterInSystemDefensePolicy', {
  Antecedent: reference,
  Dependent: reference,
});
