import { amtClass, reference } from '../../wsman/cimClass';

/** That a subscriber (`Dependent`) belongs to the event manager (`Antecedent`). */
export const trapTargetForService = amtClass('AMT_TrapTargetForService', {
  Antecedent: reference,
  Dependent: reference,
});
