import type { Schedule } from '../file/job';
import { zoneOf } from './cron';

/** So long a weekday alone says which day is meant. */
const sixDaysMs = 6 * 86_400_000;

/** `Sun 2026-03-29 03:00 Europe/Berlin (01:00 UTC)`, with UTC’s date where it is another day there. */
export function formatDue(schedule: Pick<Schedule, 'timezone'>, at: Date): string {
  const zone = zoneOf(schedule);
  const here = wallClock(at, zone);
  const text = `${here.weekday} ${here.date} ${here.time} ${zone}`;
  if (zone === 'UTC') return text;
  const utc = wallClock(at, 'UTC');
  return `${text} (${utc.date === here.date ? '' : `${utc.date} `}${utc.time} UTC)`;
}

/** In few words for somebody at this place and time: `Sat 02:00`, with the date from a week on, and with the zone where it is another. */
export function formatDueBriefly(schedule: Pick<Schedule, 'timezone'>, at: Date, now: Date): string {
  const zone = zoneOf(schedule);
  const { weekday, date, time } = wallClock(at, zone);
  const day = at.getTime() - now.getTime() < sixDaysMs ? weekday : date;
  return [day, time, ...(zone === zoneOf({}) ? [] : [zone])].join(' ');
}

function wallClock(at: Date, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return {
    weekday: part('weekday'),
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}
