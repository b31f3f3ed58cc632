import { cimClass, reference } from '../../wsman/cimClass';

/** That one object (`Dependent`) needs another (`Antecedent`). */
export const concreteDependency = cimClass('CIM_ConcreteDependency', {
  Antecedent: reference,
  Dependent: reference,
});
