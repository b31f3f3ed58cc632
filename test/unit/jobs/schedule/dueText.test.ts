import { afterEach, expect, test, vi } from 'vitest';
import { formatDue, formatDueBriefly } from '../../../../src/jobs/schedule/dueText';

test.each([
  ['Europe/Berlin', '2026-03-29T01:00:00Z', 'Sun 2026-03-29 03:00 Europe/Berlin (01:00 UTC)'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', 'Sun 2026-10-04 02:30 Australia/Lord_Howe (2026-10-03 15:30 UTC)'],
  ['UTC', '2026-06-01T00:05:00Z', 'Mon 2026-06-01 00:05 UTC'],
])('a due time in %s', (timezone, at, text) => {
  expect(formatDue({ timezone }, new Date(at))).toBe(text);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['Europe/Oslo', '2026-06-06T00:00:00Z', 'Sat 02:00'],
  ['Europe/Oslo', '2026-06-10T11:59:00Z', 'Wed 13:59'],
  ['Europe/Oslo', '2026-06-10T12:00:00Z', '2026-06-10 14:00'],
  ['Asia/Tokyo', '2026-06-05T15:30:00Z', 'Sat 00:30 Asia/Tokyo'],
])('a due time in few words, in %s for somebody in Oslo', (timezone, at, text) => {
  vi.stubEnv('TZ', 'Europe/Oslo');
  expect(formatDueBriefly({ timezone }, new Date(at), new Date('2026-06-04T12:00:00Z'))).toBe(text);
});

test('a due time without a zone is in that of the reader', () => {
  vi.stubEnv('TZ', 'Europe/Oslo');
  const [at, now] = [new Date('2026-06-06T00:00:00Z'), new Date('2026-06-04T12:00:00Z')];
  expect(formatDueBriefly({}, at, now)).toBe('Sat 02:00');
});
