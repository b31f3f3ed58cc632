import { SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';

/** One of the five fields: how it was written, and what it allows, in rising order. */
export interface CronField {
  readonly text: string;
  readonly values: readonly number[];
  /** Whether it begins with `*`, which cron(8) asks for more than once. */
  readonly wild: boolean;
}

export interface CronFields {
  readonly minute: CronField;
  readonly hour: CronField;
  readonly day: CronField;
  readonly month: CronField;
  /** 0 is Sunday. */
  readonly weekday: CronField;
}

interface Range {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Of three letters; the first is of the value `from`. */
  readonly words: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const minute: Range = { name: 'minute', from: 0, to: 59, words: [] };
const hour: Range = { name: 'hour', from: 0, to: 23, words: [] };
const day: Range = { name: 'day of the month', from: 1, to: 31, words: [] };
const month: Range = { name: 'month', from: 1, to: 12, words: months };
/** Sunday is 0 and 7, so that `fri-sun` is a range. */
const weekday: Range = { name: 'day of the week', from: 0, to: 7, words: weekdays };

const expected = 'five fields are expected, minute, hour, day, month and day of the week, such as 0 2 * * 6';
const longestText = 500;

/** Reads the five fields of crontab(5). Throws `file.invalid` with what is wrong, and for what is never due. */
export function parseCronFields(text: string): CronFields {
  const words = text.trim().split(/\s+/);
  const [first, second, third, fourth, fifth, ...more] = words;
  if (text.length > longestText) throw mistake(expected);
  if (first?.startsWith('@')) throw mistake(`${expected}, not ${first}`);
  if (!first || !second || !third || !fourth || !fifth || more.length > 0) {
    throw mistake(`${expected}, not ${first ? words.length : 'none'}`);
  }
  const fields = {
    minute: readField(first, minute),
    hour: readField(second, hour),
    day: readField(third, day),
    month: readField(fourth, month),
    weekday: withSundayAsZero(readField(fifth, weekday)),
  };
  if (!happens(fields)) throw mistake(`it is never due: no month of it has a day ${Math.min(...fields.day.values)}`);
  return fields;
}

function mistake(message: string): SidebandError {
  return new SidebandError('file.invalid', message);
}

function readField(text: string, range: Range): CronField {
  const values = new Set(text.split(',').flatMap((part) => readPart(part, range)));
  return { text, values: [...values].sort((a, b) => a - b), wild: text.startsWith('*') };
}

/** `*`, `5`, `mon-fri`, `*` or a range with `/2`. */
function readPart(part: string, range: Range): readonly number[] {
  const [, body = '', step] = /^([^/]*)(?:\/(.*))?$/.exec(part) ?? [];
  if (part === '') throw mistake(`${range.name}: a value is missing at a comma`);
  const [from, to] = readRange(body, range);
  if (step === undefined) return count(from, to, 1);
  if (body !== '*' && !body.includes('-')) {
    throw mistake(`${range.name}: before /${step} a * or a range is expected, not "${body}"`);
  }
  const by = /^\d{1,3}$/.test(step) ? Number(step) : 0;
  if (by < 1 || by > range.to) {
    throw mistake(`${range.name}: after / a number from 1 to ${range.to} is expected, not "${step}"`);
  }
  return count(from, to, by);
}

function readRange(body: string, range: Range): readonly [number, number] {
  // A step over all weekdays must not meet Sunday twice.
  if (body === '*') return [range.from, range === weekday ? 6 : range.to];
  const [first = '', last, ...more] = body.split('-');
  const from = readValue(first, range);
  if (last === undefined) return [from, from];
  if (more.length > 0) throw mistake(`${range.name}: "${body}" is no range`);
  const end = readValue(last, range);
  const to = range === weekday && end === 0 && from > 0 ? 7 : end;
  if (from > to) throw mistake(`${range.name}: the range ${body} ends before it begins`);
  return [from, to];
}

function readValue(text: string, { name, from, to, words }: Range): number {
  const word = words.indexOf(text.toLowerCase());
  if (word >= 0) return word + from;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  const names = words.length > 0 ? ` or a name such as ${words[1] ?? ''}` : '';
  const meant = /^[a-z]/i.test(text) ? didYouMean(text, words) : '';
  throw mistake(`${name}: a number from ${from} to ${to}${names} is expected, not "${text}"${meant && `.${meant}`}`);
}

function withSundayAsZero({ values, ...field }: CronField): CronField {
  return { ...field, values: [...new Set(values.map((value) => value % 7))].sort((a, b) => a - b) };
}

/** Whether a day that it asks for exists; days of the week always do. */
function happens({ day: days, month: inMonths, weekday: onWeekdays }: CronFields): boolean {
  if (!days.wild && !onWeekdays.wild) return true;
  const longest = Math.max(...inMonths.values.map((one) => (one === 2 ? 29 : [4, 6, 9, 11].includes(one) ? 30 : 31)));
  return days.values.some((one) => one <= longest);
}

function count(from: number, to: number, by: number): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by);
}
