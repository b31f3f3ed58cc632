import { boolean, integer, ipsClass, named } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

export const expirationActions = { 0: 'none', 1: 'reboot' } as const;

/** What happens when a watchdog expires. */
export const watchDogAction = ipsClass('IPS_WatchDogAction', {
  ...settingData,
  AgentPresenceWatchDogExpirationAction: named(expirationActions),
  HeciWatchDogExpirationAction: named(expirationActions),
  ReArmReset: boolean,
  /** Seconds until the reboot. */
  Timeout: integer,
});
