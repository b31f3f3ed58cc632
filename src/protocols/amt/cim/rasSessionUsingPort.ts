import { ipsClass, reference } from '../../wsman/cimClass';

/** That a session of remote access is open (`Dependent`) on a network port (`Antecedent`). */
export const rasSessionUsingPort = ipsClass('IPS_RasSessionUsingPort', {
  Antecedent: reference,
  Dependent: reference,
});
