import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueBetween, lastDue } from '../../../../src/jobs/schedule/cron';

// A second reading of cron(8), minute by minute by the wall clock of Intl.DateTimeFormat, around the changes of a year.

/** A wall clock’s minute; `wall` grows with it as if it were in UTC. */
interface Minute {
  readonly at: number;
  readonly wall: number;
}

const minuteMs = 60_000;

function walkOf(zone: string, from: string): readonly Minute[] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  return Array.from({ length: 2 * 1440 }, (_, index) => {
    const at = Date.parse(from) + index * minuteMs;
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = part;
    return { at, wall: Date.UTC(year, month - 1, day, hour, minute) };
  });
}

const walks = [
  ['Europe/Berlin', '2026-03-28T00:00Z'],
  ['Europe/Berlin', '2026-10-24T00:00Z'],
  ['America/New_York', '2026-03-07T00:00Z'],
  ['America/New_York', '2026-10-31T00:00Z'],
  ['Australia/Lord_Howe', '2026-04-03T00:00Z'],
  ['Australia/Lord_Howe', '2026-10-02T00:00Z'],
  ['America/Santiago', '2026-04-04T00:00Z'],
  ['America/Santiago', '2026-09-05T00:00Z'],
  ['Asia/Kolkata', '2026-02-27T00:00Z'],
].map(([zone = '', from = '']) => ({ zone, walk: walkOf(zone, from) }));

interface Field {
  readonly text: string;
  readonly has: ReadonlySet<number>;
}

const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

const every = (lowest: number, highest: number): Field => ({ text: '*', has: new Set(numbers(lowest, highest)) });

function listOf(lowest: number, highest: number): fc.Arbitrary<Field> {
  return fc
    .uniqueArray(fc.integer({ min: lowest, max: highest }), { minLength: 1, maxLength: 4 })
    .map((list) => ({ text: list.join(','), has: new Set(list) }));
}

function field(lowest: number, highest: number): fc.Arbitrary<Field> {
  const value = fc.integer({ min: lowest, max: highest });
  const step = fc.integer({ min: 1, max: Math.min(20, highest) });
  return fc.oneof(
    fc.constant(every(lowest, highest)),
    step.map((by) => ({
      text: `*/${by}`,
      has: new Set(numbers(lowest, highest).filter((one) => (one - lowest) % by === 0)),
    })),
    listOf(lowest, highest),
    fc.tuple(value, value, fc.option(step)).map(([a, b, by]) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const has = new Set(numbers(from, to).filter((one) => (one - from) % (by ?? 1) === 0));
      return { text: `${from}-${to}${by === null ? '' : `/${by}`}`, has };
    }),
  );
}

interface Cron {
  readonly minute: Field;
  readonly hour: Field;
  readonly day: Field;
  readonly weekday: Field;
}

const crons: fc.Arbitrary<Cron> = fc.record({
  minute: field(0, 59),
  // The clocks change in the first hours of a day.
  hour: fc.oneof(field(0, 23), listOf(0, 4)),
  day: fc.oneof(fc.constant(every(1, 31)), field(1, 31)),
  weekday: fc.oneof(fc.constant(every(0, 6)), field(0, 6)),
});

function fits({ minute, hour, day, weekday }: Cron, wall: number): boolean {
  const date = new Date(wall);
  const [onDay, onWeekday] = [day.has.has(date.getUTCDate()), weekday.has.has(date.getUTCDay())];
  const both = day.text.startsWith('*') || weekday.text.startsWith('*');
  return (
    minute.has.has(date.getUTCMinutes()) &&
    hour.has.has(date.getUTCHours()) &&
    (both ? onDay && onWeekday : onDay || onWeekday)
  );
}

/** A wall clock that was put forward owes the minutes that it left out; one that was put back owes none until it is where it was. */
function walkThrough(cron: Cron, walk: readonly Minute[]): readonly number[] {
  const goesOn = cron.minute.text.startsWith('*') || cron.hour.text.startsWith('*');
  let furthest = (walk[0]?.wall ?? 0) - minuteMs;
  return walk.flatMap(({ at, wall }) => {
    const owed: number[] = [];
    for (let one = furthest + minuteMs; one <= wall; one += minuteMs) owed.push(one);
    furthest = Math.max(furthest, wall);
    return (goesOn ? [wall] : owed).some((one) => fits(cron, one)) ? [at] : [];
  });
}

const textOf = ({ minute, hour, day, weekday }: Cron): string =>
  `${minute.text} ${hour.text} ${day.text} * ${weekday.text}`;

/** Short in what fast-check prints of a case. */
const cases = { cron: crons, place: fc.nat({ max: walks.length - 1 }) };

test('every due time of a walk is found, and no other', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.record(cases), ({ cron, place }) => {
      const { zone = 'UTC', walk = [] } = walks[place] ?? {};
      const [from, to] = [walk[0]?.at ?? 0, walk.at(-1)?.at ?? 0];
      const expected = walkThrough(cron, walk).filter((at) => at > from);
      const range = { from: new Date(from), to: new Date(to), limit: walk.length };
      const found = dueBetween({ cron: textOf(cron), timezone: zone, missed: 'skip' }, range).map(Number);
      expect(difference(found, expected)).toEqual([]);
      expect(difference(expected, found)).toEqual([]);
      expect(found).toEqual([...found].sort((a, b) => a - b));
      expect(new Set(found).size).toBe(found.length);
    }),
    { numRuns: 1000 },
  );
});

test('the last due time is the one that comes last in a walk', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.record({ ...cases, index: fc.nat({ max: 2 * 1440 - 1 }) }), ({ cron, place, index }) => {
      const { zone = 'UTC', walk = [] } = walks[place] ?? {};
      const [begin, before] = [walk[0]?.at ?? 0, walk[index]?.at ?? 0];
      const expected = walkThrough(cron, walk).findLast((at) => at < before);
      const found = lastDue({ cron: textOf(cron), timezone: zone, missed: 'skip' }, new Date(before))?.getTime() ?? 0;
      expect(found >= begin ? found : undefined).toBe(expected);
    }),
    { numRuns: 100 },
  );
});

function difference(some: readonly number[], others: readonly number[]): readonly string[] {
  const known = new Set(others);
  return some.filter((at) => !known.has(at)).map((at) => new Date(at).toISOString());
}
