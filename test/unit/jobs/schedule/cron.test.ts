import { expect, test } from 'vitest';
import { cronMistake, dueBetween, lastDue, nextDue } from '../../../../src/jobs/schedule/cron';

const schedule = (cron: string, timezone: string) => ({ cron, timezone, missed: 'skip' as const });

/** All due times after `from` and not after `to`, without seconds: `2026-03-28 01:30`, in UTC. */
function dueTimes(cron: string, zone: string, [from, to]: readonly [string, string]): readonly string[] {
  const range = { from: new Date(`${from}Z`), to: new Date(`${to}Z`), limit: 100 };
  return dueBetween(schedule(cron, zone), range).map((at) => at.toISOString().slice(0, 16).replace('T', ' '));
}

const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';
const lordHowe = 'Australia/Lord_Howe';

// 2026-03-29 01:00 UTC: 02:00 CET (+1) becomes 03:00 CEST (+2).
test.each([
  ['30 2 * * *', ['2026-03-28 01:30', '2026-03-29 01:00', '2026-03-30 00:30']],
  ['0 3 * * *', ['2026-03-28 02:00', '2026-03-29 01:00', '2026-03-30 01:00']],
  ['0 2,3 * * *', ['2026-03-28 01:00', '2026-03-28 02:00', '2026-03-29 01:00', '2026-03-30 00:00', '2026-03-30 01:00']],
  [
    '15,45 2 * * *',
    ['2026-03-28 01:15', '2026-03-28 01:45', '2026-03-29 01:00', '2026-03-30 00:15', '2026-03-30 00:45'],
  ],
  ['30 2-4/2 29 3 *', ['2026-03-29 01:00', '2026-03-29 02:30']],
  ['59 2 * mar sun', ['2026-03-29 01:00']],
  ['59 1 29 * *', ['2026-03-29 00:59']],
  ['*/30 2 * * *', ['2026-03-28 01:00', '2026-03-28 01:30', '2026-03-30 00:00', '2026-03-30 00:30']],
])('Berlin in spring: %s', (cron, times) => {
  expect(dueTimes(cron, berlin, ['2026-03-28T00:00', '2026-03-30T12:00'])).toEqual(times);
});

// 2026-10-25 01:00 UTC: 03:00 CEST (+2) becomes 02:00 CET (+1).
test.each([
  ['30 2 * * *', ['2026-10-24 00:30', '2026-10-25 00:30', '2026-10-26 01:30']],
  ['0 3 * * *', ['2026-10-24 01:00', '2026-10-25 02:00', '2026-10-26 02:00']],
  [
    '0 2,3 * * *',
    [
      '2026-10-24 00:00',
      '2026-10-24 01:00',
      '2026-10-25 00:00',
      '2026-10-25 02:00',
      '2026-10-26 01:00',
      '2026-10-26 02:00',
    ],
  ],
  ['45 1-3 25 10 *', ['2026-10-24 23:45', '2026-10-25 00:45', '2026-10-25 02:45']],
  ['*/30 2 25 * *', ['2026-10-25 00:00', '2026-10-25 00:30', '2026-10-25 01:00', '2026-10-25 01:30']],
  ['30 2 * * mon', ['2026-10-26 01:30']],
])('Berlin in autumn: %s', (cron, times) => {
  expect(dueTimes(cron, berlin, ['2026-10-23T12:00', '2026-10-26T12:00'])).toEqual(times);
});

test.each([
  [
    '*/15 * * * *',
    ['2026-03-29 00:45', '2026-03-29 01:00', '2026-03-29 01:15'],
    ['2026-03-29T00:30', '2026-03-29T01:15'],
  ],
  ['0 * * * *', ['2026-03-29 00:00', '2026-03-29 01:00', '2026-03-29 02:00'], ['2026-03-28T23:30', '2026-03-29T02:30']],
  ['0 * * * *', ['2026-10-25 00:00', '2026-10-25 01:00', '2026-10-25 02:00'], ['2026-10-24T23:30', '2026-10-25T02:30']],
  [
    '*/30 * * * *',
    ['2026-10-25 00:30', '2026-10-25 01:00', '2026-10-25 01:30'],
    ['2026-10-25T00:00', '2026-10-25T01:30'],
  ],
] as const)('Berlin, real intervals go on: %s', (cron, times, range) => {
  expect(dueTimes(cron, berlin, range)).toEqual(times);
});

// 2026-03-08 07:00 UTC: 02:00 EST (-5) becomes 03:00 EDT (-4).
test.each([
  ['30 2 * * *', ['2026-03-07 07:30', '2026-03-08 07:00', '2026-03-09 06:30']],
  ['0 3 * * *', ['2026-03-07 08:00', '2026-03-08 07:00', '2026-03-09 07:00']],
  ['0 1,2 * * sun', ['2026-03-08 06:00', '2026-03-08 07:00']],
  ['5-20/5 2 8 * *', ['2026-03-08 07:00']],
  [
    '*/20 1-3 8 3 *',
    [
      '2026-03-08 06:00',
      '2026-03-08 06:20',
      '2026-03-08 06:40',
      '2026-03-08 07:00',
      '2026-03-08 07:20',
      '2026-03-08 07:40',
    ],
  ],
])('New York in spring: %s', (cron, times) => {
  expect(dueTimes(cron, newYork, ['2026-03-07T00:00', '2026-03-09T12:00'])).toEqual(times);
});

// 2026-11-01 06:00 UTC: 02:00 EDT (-4) becomes 01:00 EST (-5).
test.each([
  ['30 1 * * *', ['2026-10-31 05:30', '2026-11-01 05:30', '2026-11-02 06:30']],
  ['0 2 * * *', ['2026-10-31 06:00', '2026-11-01 07:00', '2026-11-02 07:00']],
  ['0 1,2 1 nov *', ['2026-11-01 05:00', '2026-11-01 07:00']],
  [
    '*/20 1 1 * *',
    [
      '2026-11-01 05:00',
      '2026-11-01 05:20',
      '2026-11-01 05:40',
      '2026-11-01 06:00',
      '2026-11-01 06:20',
      '2026-11-01 06:40',
    ],
  ],
])('New York in autumn: %s', (cron, times) => {
  expect(
    dueTimes(cron, newYork, ['2026-10-31T00:00', '2026-11-02T12:00']).slice(0, cron.startsWith('0 */2') ? 4 : 9),
  ).toEqual(times);
});

// 2026-10-03 15:30 UTC: 02:00 (+10:30) becomes 02:30 (+11).
test.each([
  ['15 2 * * *', ['2026-10-02 15:45', '2026-10-03 15:30', '2026-10-04 15:15']],
  ['45 2 * * *', ['2026-10-02 16:15', '2026-10-03 15:45', '2026-10-04 15:45']],
  ['10,20,30 2 4 10 *', ['2026-10-03 15:30']],
  ['30 2 * * sun', ['2026-10-03 15:30']],
  ['*/10 2 4 * *', ['2026-10-03 15:30', '2026-10-03 15:40', '2026-10-03 15:50']],
])('Lord Howe in spring: %s', (cron, times) => {
  expect(dueTimes(cron, lordHowe, ['2026-10-02T12:00', '2026-10-04T20:00'])).toEqual(times);
});

// 2026-04-04 15:00 UTC: 02:00 (+11) becomes 01:30 (+10:30).
test.each([
  ['45 1 * * *', ['2026-04-03 14:45', '2026-04-04 14:45', '2026-04-05 15:15']],
  ['15 1 * * *', ['2026-04-03 14:15', '2026-04-04 14:15', '2026-04-05 14:45']],
  ['0 2 * * *', ['2026-04-03 15:00', '2026-04-04 15:30', '2026-04-05 15:30']],
  ['30,50 1 5 4 *', ['2026-04-04 14:30', '2026-04-04 14:50']],
  [
    '*/15 1 5 apr *',
    [
      '2026-04-04 14:00',
      '2026-04-04 14:15',
      '2026-04-04 14:30',
      '2026-04-04 14:45',
      '2026-04-04 15:00',
      '2026-04-04 15:15',
    ],
  ],
])('Lord Howe in autumn: %s', (cron, times) => {
  expect(dueTimes(cron, lordHowe, ['2026-04-03T12:00', '2026-04-05T20:00'])).toEqual(times);
});

test.each([
  [
    'Europe/Berlin',
    ['2026-03-28 23:00', '2026-03-29 02:00', '2026-03-29 04:00'],
    ['2026-03-28T22:00', '2026-03-29T04:00'],
  ],
  [
    'Europe/Berlin',
    ['2026-10-25 00:00', '2026-10-25 01:00', '2026-10-25 03:00'],
    ['2026-10-24T22:00', '2026-10-25T04:00'],
  ],
  ['America/New_York', ['2026-03-08 05:00', '2026-03-08 08:00'], ['2026-03-08T03:00', '2026-03-08T09:00']],
  ['America/New_York', ['2026-11-01 07:00', '2026-11-01 09:00'], ['2026-11-01T04:00', '2026-11-01T10:00']],
  ['Australia/Lord_Howe', ['2026-10-03 13:30', '2026-10-03 17:00'], ['2026-10-03T12:00', '2026-10-03T18:00']],
  ['Australia/Lord_Howe', ['2026-04-04 13:00', '2026-04-04 15:30'], ['2026-04-04T12:00', '2026-04-04T17:00']],
] as const)('every second hour by the clock, %s', (zone, times, range) => {
  expect(dueTimes('0 */2 * * *', zone, range)).toEqual(times);
});

test('Lord Howe, real intervals go on', () => {
  expect(dueTimes('*/30 * * * *', lordHowe, ['2026-04-04T14:00', '2026-04-04T16:00'])).toEqual([
    '2026-04-04 14:30',
    '2026-04-04 15:00',
    '2026-04-04 15:30',
    '2026-04-04 16:00',
  ]);
  expect(dueTimes('0 * * * *', lordHowe, ['2026-10-03T14:00', '2026-10-03T17:00'])).toEqual([
    '2026-10-03 14:30',
    '2026-10-03 16:00',
    '2026-10-03 17:00',
  ]);
});

// June 2026 begins on a Monday.
test.each([
  ['0 0 13 * fri', ['2026-06-05 00:00', '2026-06-12 00:00', '2026-06-13 00:00']],
  ['0 0 */10 * mon', ['2026-06-01 00:00']],
  ['0 0 1-7 * */3', ['2026-06-03 00:00', '2026-06-06 00:00', '2026-06-07 00:00']],
  ['0 0 8-9 * *', ['2026-06-08 00:00', '2026-06-09 00:00']],
  [
    '0 0 * * fri-sun',
    [
      '2026-06-05 00:00',
      '2026-06-06 00:00',
      '2026-06-07 00:00',
      '2026-06-12 00:00',
      '2026-06-13 00:00',
      '2026-06-14 00:00',
    ],
  ],
  ['0 0 * JUN-AUG 7', ['2026-06-07 00:00', '2026-06-14 00:00']],
])('days of the month and of the week: %s', (cron, times) => {
  expect(dueTimes(cron, 'UTC', ['2026-05-31T12:00', '2026-06-14T12:00'])).toEqual(times);
});

test('the next and the last time do not count the time itself', () => {
  const nightly = schedule('0 2 * * *', 'UTC');
  expect(nextDue(nightly, new Date('2026-06-01T02:00:00Z'))?.toISOString()).toBe('2026-06-02T02:00:00.000Z');
  expect(nextDue(nightly, new Date('2026-06-01T01:59:59.999Z'))?.toISOString()).toBe('2026-06-01T02:00:00.000Z');
  expect(lastDue(nightly, new Date('2026-06-01T02:00:00Z'))?.toISOString()).toBe('2026-05-31T02:00:00.000Z');
  expect(lastDue(nightly, new Date('2026-06-01T02:00:00.001Z'))?.toISOString()).toBe('2026-06-01T02:00:00.000Z');
});

test('a day that is rare is found', () => {
  const leapDay = schedule('0 0 29 2 *', berlin);
  expect(nextDue(leapDay, new Date('2026-01-01T00:00:00Z'))?.toISOString()).toBe('2028-02-28T23:00:00.000Z');
});

const five = 'five fields are expected, minute, hour, day, month and day of the week, such as 0 2 * * 6';

test.each([
  ['0 2 * * 6', undefined],
  [' 0  2\t* * sat ', undefined],
  ['*/15 0-6,22,23 1,15 jan-mar mon-fri/2', undefined],
  ['', `${five}, not none`],
  ['0 2 * *', `${five}, not 4`],
  ['0 0 2 * * 6', `${five}, not 6`],
  ['0 0 2 * * 6 2026', `${five}, not 7`],
  ['@reboot', `${five}, not @reboot`],
  ['@daily', `${five}, not @daily`],
  ['60 2 * * *', 'minute: a number from 0 to 59 is expected, not "60"'],
  ['-5 2 * * *', 'minute: a number from 0 to 59 is expected, not ""'],
  ['5,,6 2 * * *', 'minute: a value is missing at a comma'],
  ['5/10 * * * *', 'minute: before /10 a * or a range is expected, not "5"'],
  ['*/0 * * * *', 'minute: after / a number from 1 to 59 is expected, not "0"'],
  ['*/ * * * *', 'minute: after / a number from 1 to 59 is expected, not ""'],
  ['0 24 * * *', 'hour: a number from 0 to 23 is expected, not "24"'],
  ['0 22-2 * * *', 'hour: the range 22-2 ends before it begins'],
  ['0 1-2-3 * * *', 'hour: "1-2-3" is no range'],
  ['0 2 0 * *', 'day of the month: a number from 1 to 31 is expected, not "0"'],
  ['0 2 L * *', 'day of the month: a number from 1 to 31 is expected, not "L"'],
  ['0 2 * 13 *', 'month: a number from 1 to 12 or a name such as feb is expected, not "13"'],
  ['0 2 * jab *', 'month: a number from 1 to 12 or a name such as feb is expected, not "jab". Did you mean "jan"?'],
  ['0 2 * * 8', 'day of the week: a number from 0 to 7 or a name such as mon is expected, not "8"'],
  [
    '0 2 * * fry',
    'day of the week: a number from 0 to 7 or a name such as mon is expected, not "fry". Did you mean "fri"?',
  ],
  ['0 2 * * 1#2', 'day of the week: a number from 0 to 7 or a name such as mon is expected, not "1#2"'],
  ['0 2 * * +1', 'day of the week: a number from 0 to 7 or a name such as mon is expected, not "+1"'],
  ['? * * * *', 'minute: a number from 0 to 59 is expected, not "?"'],
  ['0 2 30 feb *', 'it is never due: no month of it has a day 30'],
  ['0 2 31 4,6,9,11 *', 'it is never due: no month of it has a day 31'],
  ['0 2 31 feb mon', undefined],
  [`0 2 ${'1,'.repeat(300)}1 * *`, five],
])('what is wrong with %s', (text, message) => {
  expect(cronMistake(text)).toBe(message);
});
