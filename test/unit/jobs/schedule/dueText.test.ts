import { expect, test } from 'vitest';
import { formatDue } from '../../../../src/jobs/schedule/dueText';

test.each([
  ['Europe/Berlin', '2026-03-29T01:00:00Z', 'Sun 2026-03-29 03:00 Europe/Berlin (01:00 UTC)'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', 'Sun 2026-10-04 02:30 Australia/Lord_Howe (2026-10-03 15:30 UTC)'],
  ['UTC', '2026-06-01T00:05:00Z', 'Mon 2026-06-01 00:05 UTC'],
])('a due time in %s', (timezone, at, text) => {
  expect(formatDue({ timezone }, new Date(at))).toBe(text);
});
