import { ipsClass, reference } from '../../wsman/cimClass';

/** That a session of drive redirection is open (`Dependent`) on a network port (`Antecedent`). */
export const iderSessionUsingPort = ipsClass('IPS_IderSessionUsingPort', {
  Antecedent: reference,
  Dependent: reference,
});
