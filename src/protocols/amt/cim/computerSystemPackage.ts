import { cimClass, reference, text } from '../../wsman/cimClass';

/** That the computer (`Dependent`) is in a chassis (`Antecedent`), and its GUID. */
export const computerSystemPackage = cimClass('CIM_ComputerSystemPackage', {
  Antecedent: reference,
  Dependent: reference,
  /** 32 hexadecimal digits in the mixed byte order of SMBIOS. */
  PlatformGUID: text,
});
