import { integer, ipsClass, named } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

export const blanking = { 0: 'not allowed', 1: 'allowed' } as const;

/** Blanks the computer's screen during remote control: `SetSessionState`. */
export const screenConfigurationService = ipsClass('IPS_ScreenConfigurationService', {
  ...serviceKeys,
  /** 1: it is blank. */
  CurrentState: integer,
  /** Whether it may be blanked. */
  EnabledState: named(blanking),
  RemainingConsecutiveRebootsNum: integer,
});
