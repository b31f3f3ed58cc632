import { type Hours, isWithin } from '../policy';
import { dueBetween } from './cron';

/** Beginnings of one window that are looked at: daylight saving can take away one, and not two in a row. */
const beginnings = 3;
/** A window with days begins at least once a week. */
const searchedMs = 30 * 24 * 3_600_000;

/** Whether a run may begin at this time; without windows always. By the wall clock of their time zones. */
export function isOpen(windows: readonly Hours[], at: Date): boolean {
  return windows.length === 0 || windows.some((hours) => isWithin(hours, at));
}

/** The first time from this one on at which a run may begin; nothing when there is none within a month. */
export function nextOpening(windows: readonly Hours[], at: Date): Date | undefined {
  if (isOpen(windows, at)) return at;
  const found = windows.flatMap((hours) => beginningsOf(hours, at).find((one) => isWithin(hours, one)) ?? []);
  return found.sort((a, b) => a.getTime() - b.getTime())[0];
}

function beginningsOf({ from, days, timezone }: Hours, at: Date): readonly Date[] {
  const cron = `${from % 60} ${Math.floor(from / 60)} * * ${days?.join(',') ?? '*'}`;
  const to = new Date(at.getTime() + searchedMs);
  return dueBetween({ cron, timezone, missed: 'skip' }, { from: at, to, limit: beginnings });
}
