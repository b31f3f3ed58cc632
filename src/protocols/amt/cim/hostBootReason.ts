import { integer, ipsClass, named } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

const sleepStates = { 0: 'S0', 3: 'S3', 4: 'S4', 5: 'S5' } as const;
const reasons = { 0: 'other', 1: 'remote control', 2: 'alarm clock' } as const;

/** Why the computer last booted. */
export const hostBootReason = ipsClass('IPS_HostBootReason', {
  ...settingData,
  PreviousSxState: named(sleepStates),
  Reason: named(reasons),
  ReasonDetails: integer,
});
