import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/base/duration';

test.each([
  ['500ms', 500],
  ['10s', 10_000],
  ['10', 10_000],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
])('%s is %d ms', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test.each(['', 's', '5 m', '-5s', '1.5h', '5x', 'ten'])('"%s" is not a duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each([
  [812, '812 ms'],
  [9_300, '9.3 s'],
  [250_000, '4 min 10 s'],
  [7_500_000, '2 h 5 min'],
])('%d ms reads %s', (durationMs, expected) => {
  expect(formatDuration(durationMs)).toBe(expected);
});
