import { base64, boolean, ipsClass, list, named } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

export const controlModes = { 0: 'none', 1: 'client', 2: 'admin' } as const;
const chainStatuses = { 0: 'not started', 1: 'in progress', 2: 'complete' } as const;

/** In which control mode the device is: `client` (CCM) asks for the user's consent. */
export const hostBasedSetupService = ipsClass('IPS_HostBasedSetupService', {
  ...serviceKeys,
  AllowedControlModes: list(named(controlModes)),
  CertChainStatus: named(chainStatuses),
  ConfigurationNonce: base64,
  CurrentControlMode: named(controlModes),
  Started: boolean,
});
