import { cimClass, reference } from '../../wsman/cimClass';

/** Which physical part (`Antecedent`) makes a device (`Dependent`). */
export const realizes = cimClass('CIM_Realizes', {
  Antecedent: reference,
  Dependent: reference,
});
