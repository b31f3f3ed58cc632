/** CIM's datetime and interval in their WS-CIM forms and in the string form of DSP0004 section 5.2.4. */

const isoDatetime = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?$/;
const cimDatetime = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{6})([+-]\d{3})$/;
const isoInterval = /^P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,9}))?S)?)?$/;
const cimInterval = /^(\d{8})(\d\d)(\d\d)(\d\d)\.(\d{6}):000$/;

/** `text` is of the form, but means no point in time, such as a month 0 or digits that are left open. */
export type Moment = Date | 'nothing';

/** Undefined when it is no datetime. Without a time zone it is taken as UTC. */
export function parseDatetime(text: string): Moment | undefined {
  const iso = isoDatetime.exec(text);
  if (iso) return toMoment(iso.slice(1, 8), isoOffset(iso[8]));
  const cim = cimDatetime.exec(text);
  if (cim) return toMoment(cim.slice(1, 8), Number(cim[8]));
  return /^[\d*]{14}\.[\d*]{6}[+-][\d*]{3}$/.test(text) ? 'nothing' : undefined;
}

/** Milliseconds, or undefined when it is no interval. */
export function parseInterval(text: string): number | undefined {
  const found = /\d/.test(text) ? (isoInterval.exec(text) ?? cimInterval.exec(text)) : null;
  if (!found) return undefined;
  const [days, hours, minutes, seconds] = found.slice(1, 5).map((digits: string | undefined) => Number(digits ?? 0));
  const whole = (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
  return whole * 1000 + fraction(found[5]);
}

/** Whole seconds, as devices write it: `2020-08-10T00:00:00Z`. */
export function formatDatetime(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Whole seconds, with every unit that devices write: `P0DT1H0M0S`. */
export function formatInterval(intervalMs: number): string {
  const seconds = Math.round(intervalMs / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return `P${Math.floor(hours / 24)}DT${hours % 24}H${minutes % 60}M${seconds % 60}S`;
}

function toMoment(digits: readonly (string | undefined)[], offsetMinutes: number): Moment {
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = digits
    .slice(0, 6)
    .map((part) => Number(part ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isReal || hours > 24 || minutes > 59 || seconds > 60) return 'nothing';
  date.setUTCHours(hours, minutes - offsetMinutes, seconds, fraction(digits[6]));
  return date;
}

function isoOffset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** Digits after the point of seconds, in milliseconds. */
function fraction(digits: string | undefined): number {
  return Math.floor(Number(`0.${digits ?? '0'}`) * 1000);
}
