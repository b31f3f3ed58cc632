import { Cron } from 'croner';
import { toSidebandError } from '../../base/errors';
import type { Schedule } from '../file/job';
import { type CronField, parseCronFields } from './cronFields';

/** What is wrong with a schedule’s text, for a problem at its place; nothing when it can be used. */
export function cronMistake(text: string): string | undefined {
  try {
    parseCronFields(text);
    return undefined;
  } catch (thrown) {
    return toSidebandError(thrown).message;
  }
}

/** The time zone in which a schedule is read. */
export function zoneOf({ timezone }: Pick<Schedule, 'timezone'>): string {
  return timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * The first due time after another; nothing when there is none before the year 3000. Daylight saving as in cron(8): a time that does not
 * exist is due right after the gap, and one that exists twice the first time; where the minute or the hour begins with `*`, real time goes
 * on, so that what does not exist is left out and what exists twice is due twice.
 */
export function nextDue(schedule: Schedule, after: Date): Date | undefined {
  return timetable(schedule).nextRun(after) ?? undefined;
}

/** The last due time before another. */
export function lastDue(schedule: Schedule, before: Date): Date | undefined {
  return timetable(schedule).previousRuns(1, before)[0];
}

/** The first due times after `from` and not after `to`. */
export function dueBetween(
  schedule: Schedule,
  { from, to, limit }: { readonly from: Date; readonly to: Date; readonly limit: number },
): readonly Date[] {
  const times: Date[] = [];
  const table = timetable(schedule);
  for (let at = table.nextRun(from); at && at <= to && times.length < limit; at = table.nextRun(at)) times.push(at);
  return times;
}

/**
 * Written so that croner means what cron(8) does. A step over a range, as in `1-5/2`, is given as a list: croner takes every step for a
 * wildcard. And days of the month and of the week must both fit as soon as one of them begins with `*`, also with a step behind it.
 */
function timetable(schedule: Schedule): Cron {
  const { minute, hour, day, month, weekday } = parseCronFields(schedule.cron);
  const isFixed = !minute.wild && !hour.wild;
  const time = [minute, hour].map((field) => (isFixed ? listed(field) : field.text));
  const pattern = [...time, ...[day, month, weekday].map(listed)].join(' ');
  return new Cron(pattern, {
    mode: '5-part',
    timezone: zoneOf(schedule),
    fixedTimeRule: 'no-wildcard',
    domAndDow: day.wild || weekday.wild,
    paused: true,
  });
}

function listed({ text, values }: CronField): string {
  return text === '*' ? text : values.join(',');
}
