import { ipsClass, named, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

const sleepStates = { 0: 'unknown', 1: 'other', 2: 'S0', 3: 'S1', 4: 'S2', 5: 'S3', 6: 'S4', 7: 'S5' } as const;
const reasons = { 0: 'unknown', 1: 'other', 2: 'remote control', 3: 'alarm clock' } as const;

/** Why the computer last booted. */
export const hostBootReason = ipsClass('IPS_HostBootReason', {
  ...settingData,
  PreviousSxState: named(sleepStates),
  Reason: named(reasons),
  /** Firmware differs in what it tells here: a number, or the name of an alarm. */
  ReasonDetails: text,
});
