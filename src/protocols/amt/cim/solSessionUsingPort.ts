import { ipsClass, reference } from '../../wsman/cimClass';

/** That a session of serial over LAN is open (`Dependent`) on a network port (`Antecedent`). */
export const solSessionUsingPort = ipsClass('IPS_SolSessionUsingPort', {
  Antecedent: reference,
  Dependent: reference,
});
