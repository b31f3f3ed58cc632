import { cimClass, reference, text } from '../../wsman/cimClass';

/** That something of the computer (`Dependent`) is in a package (`Antecedent`). */
export const systemPackaging = cimClass('CIM_SystemPackaging', {
  Antecedent: reference,
  Dependent: reference,
  PlatformGUID: text,
});
