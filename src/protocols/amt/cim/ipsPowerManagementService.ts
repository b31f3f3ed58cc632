import { boolean, ipsClass, named } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

export const osPowerSavingStates = { 0: 'unknown', 1: 'unsupported', 2: 'full power', 3: 'power saving' } as const;

/** Power saving of the operating system (modern standby): `RequestOSPowerSavingStateChange`. */
export const ipsPowerManagementService = ipsClass('IPS_PowerManagementService', {
  ...serviceKeys,
  OSPowerSavingState: named(osPowerSavingStates),
  Started: boolean,
});
