import { amtClass, boolean, datetime, interval } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** Sets alarms that wake the computer: `AddAlarm` makes an IPS_AlarmClockOccurrence. */
export const alarmClockService = amtClass('AMT_AlarmClockService', {
  ...serviceKeys,
  NextAMTAlarmTime: datetime,
  AMTAlarmClockInterval: interval,
  Started: boolean,
});
