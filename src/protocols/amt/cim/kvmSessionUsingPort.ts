import { ipsClass, reference } from '../../wsman/cimClass';

/** That a session of remote control of the screen is open (`Dependent`) on a network port (`Antecedent`). */
export const kvmSessionUsingPort = ipsClass('IPS_KvmSessionUsingPort', {
  Antecedent: reference,
  Dependent: reference,
});
