import { boolean, datetime, interval, ipsClass } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** An alarm that wakes the computer. */
export const alarmClockOccurrence = ipsClass('IPS_AlarmClockOccurrence', {
  ...settingData,
  DeleteOnCompletion: boolean,
  /** Milliseconds between two wakes; 0 or absent: once. */
  Interval: interval,
  StartTime: datetime,
});
