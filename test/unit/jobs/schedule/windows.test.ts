import { expect, test } from 'vitest';
import type { Hours } from '../../../../src/jobs/policy';
import { isOpen, nextOpening } from '../../../../src/jobs/schedule/windows';

const berlin = 'Europe/Berlin';
const nights: Hours = { from: 22 * 60, to: 6 * 60, timezone: berlin, days: ['fri', 'sat'] };
const noon: Hours = { from: 12 * 60, to: 13 * 60 + 30, timezone: berlin };

// 2026-06-05 is a Friday; Berlin is at +2 then.
test.each([
  ['2026-06-05T19:59:59Z', false],
  ['2026-06-05T20:00:00Z', true],
  ['2026-06-06T03:59:59Z', true],
  ['2026-06-06T04:00:00Z', false],
  ['2026-06-07T03:00:00Z', true],
  ['2026-06-07T21:00:00Z', false],
])('nights at the weekend, at %s: %s', (at, open) => {
  expect(isOpen([nights], new Date(at))).toBe(open);
});

test('without windows it is always open, with several one is enough', () => {
  expect(isOpen([], new Date('2026-06-03T00:00:00Z'))).toBe(true);
  expect(isOpen([nights, noon], new Date('2026-06-03T11:29:00Z'))).toBe(true);
  expect(isOpen([nights, noon], new Date('2026-06-03T11:30:00Z'))).toBe(false);
});

test.each([
  ['it is open', [nights], '2026-06-05T22:00:00Z', '2026-06-05T22:00:00.000Z'],
  ['tonight', [nights], '2026-06-05T10:00:00Z', '2026-06-05T20:00:00.000Z'],
  ['next weekend', [nights], '2026-06-07T04:00:00Z', '2026-06-12T20:00:00.000Z'],
  ['the first of two', [nights, noon], '2026-06-07T04:00:00Z', '2026-06-07T10:00:00.000Z'],
  ['no windows', [], '2026-06-07T04:00:00Z', '2026-06-07T04:00:00.000Z'],
  // 02:30 to 04:00 begins at 03:00 on the day on which 02:30 does not exist.
  ['a gap', [{ from: 150, to: 240, timezone: berlin }], '2026-03-29T00:00:00Z', '2026-03-29T01:00:00.000Z'],
  // 02:10 to 02:50 does not exist on that day at all.
  ['a lost window', [{ from: 130, to: 170, timezone: berlin }], '2026-03-29T00:00:00Z', '2026-03-30T00:10:00.000Z'],
] as const)('the next opening: %s', (_, windows, at, opening) => {
  expect(nextOpening(windows, new Date(at))?.toISOString()).toBe(opening);
});
