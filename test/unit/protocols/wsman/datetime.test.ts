import { expect, test } from 'vitest';
import { formatDatetime, formatInterval, parseDatetime, parseInterval } from '../../../../src/protocols/wsman/datetime';

test.each([
  ['2020-08-10T00:00:00Z', '2020-08-10T00:00:00.000Z'],
  ['2017-01-31T15:40:09.000Z', '2017-01-31T15:40:09.000Z'],
  ['2017-01-31T15:40:09.5+02:00', '2017-01-31T13:40:09.500Z'],
  ['2017-01-31T23:40:09-01:30', '2017-02-01T01:10:09.000Z'],
  ['2017-01-31T15:40:09', '2017-01-31T15:40:09.000Z'],
  ['2020-02-29', '2020-02-29T00:00:00.000Z'],
  ['20200810123456.500000+000', '2020-08-10T12:34:56.500Z'],
  ['20200810123456.000000-120', '2020-08-10T14:34:56.000Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
])('%s is the datetime %s', (text, iso) => {
  const moment = parseDatetime(text);
  expect(moment).toBeInstanceOf(Date);
  expect((moment as Date).toISOString()).toBe(iso);
});

test.each([
  '0000-00-00T00:00:00Z',
  '2021-02-29',
  '2021-13-01T00:00:00Z',
  '2021-01-01T25:00:00Z',
  '2021-01-01T00:60:00Z',
  '********000000.000000+000',
  '20200810******.******+***',
])('%s is written as a datetime, and means none', (text) => {
  expect(parseDatetime(text)).toBe('nothing');
});

test.each(['', 'yesterday', '10.08.2020', '2020-8-10', '1704586865', '2020-08-10T00:00:00Zx'])(
  '%j is no datetime',
  (text) => {
    expect(parseDatetime(text)).toBeUndefined();
  },
);

test.each([
  ['P0DT1H0M0S', 3_600_000],
  ['P1DT23H59M', 172_740_000],
  ['PT0S', 0],
  ['PT1.5S', 1_500],
  ['P2D', 172_800_000],
  ['00000001000000.000000:000', 86_400_000],
  ['00000000000130.250000:000', 90_250],
])('%s is the interval of %d ms', (text, milliseconds) => {
  expect(parseInterval(text)).toBe(milliseconds);
});

test.each(['', 'P', 'PT', '1H', 'P1M', 'P1Y', '3600', '-PT1S'])('%j is no interval', (text) => {
  expect(parseInterval(text)).toBeUndefined();
});

test('datetimes and intervals are written in whole seconds', () => {
  expect(formatDatetime(new Date('2026-03-04T05:06:07.999Z'))).toBe('2026-03-04T05:06:07Z');
  expect(formatInterval(0)).toBe('P0DT0H0M0S');
  expect(formatInterval(3_600_000)).toBe('P0DT1H0M0S');
  expect(formatInterval(93_784_000)).toBe('P1DT2H3M4S');
});
