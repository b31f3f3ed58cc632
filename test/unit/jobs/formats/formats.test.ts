import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formats } from '../../../../src/jobs/formats';
import { csv } from '../../../../src/jobs/formats/csv';
import { json } from '../../../../src/jobs/formats/json';
import { markdown } from '../../../../src/jobs/formats/markdown';
import type { NodeReport } from '../../../../src/jobs/nodeReport';

const error = { code: 'connect.timeout', message: 'nothing answers on 10.0.4.12', hint: 'Look at the cable.' } as const;
const report: NodeReport = {
  node: 'physical-memory',
  title: 'Physical Memory',
  startedAt: '2026-03-04T05:06:07.089Z',
  columns: ['Bank', 'MiB', 'ECC', 'Label'],
  rows: [
    { computer: 'lab-01', cells: ['BANK 0', 8192, true, 'said "8 GB", twice'] },
    { computer: 'lab-01', cells: ['BANK 1', null, false, '=HYPERLINK("http://x")'] },
    { computer: 'lab-03', cells: ['-5', -5, false, 'a|b\nc'] },
  ],
  problems: [{ computer: 'lab-02', error }],
  notes: [],
};

test('CSV is quoted as RFC 4180 asks, and no cell is calculated by a spreadsheet', () => {
  expect(csv.format(report).split('\r\n')).toEqual([
    'Computer,Bank,MiB,ECC,Label,Error',
    'lab-01,BANK 0,8192,true,"said ""8 GB"", twice",',
    'lab-01,BANK 1,,false,"\'=HYPERLINK(""http://x"")",',
    'lab-03,-5,-5,false,"a|b\nc",',
    'lab-02,,,,,connect.timeout: nothing answers on 10.0.4.12',
    '',
  ]);
});

test('JSON is what `show --json` gives, with the rows of a computer together', () => {
  const { columns } = report;
  expect(JSON.parse(json.format(report))).toEqual({
    node: 'physical-memory',
    startedAt: '2026-03-04T05:06:07.089Z',
    results: [
      {
        computer: 'lab-01',
        ok: true,
        value: {
          columns,
          rows: [
            ['BANK 0', 8192, true, 'said "8 GB", twice'],
            ['BANK 1', null, false, '=HYPERLINK("http://x")'],
          ],
        },
      },
      { computer: 'lab-03', ok: true, value: { columns, rows: [['-5', -5, false, 'a|b\nc']] } },
      { computer: 'lab-02', ok: false, error },
    ],
  });
});

test('Markdown is a table whose cells cannot break out of it', () => {
  expect(markdown.format(report)).toBe(`# Physical Memory

Read 2026-03-04 05:06:07 UTC.

| Computer | Bank | MiB | ECC | Label |
| --- | --- | --- | --- | --- |
| lab-01 | BANK 0 | 8192 | true | said "8 GB", twice |
| lab-01 | BANK 1 |  | false | =HYPERLINK("http://x") |
| lab-03 | -5 | -5 | false | a\\|b c |

## Without an answer

| Computer | Error |
| --- | --- |
| lab-02 | nothing answers on 10.0.4.12 |
`);
});

test('a report without rows says so', () => {
  expect(markdown.format({ ...report, rows: [], problems: [] })).toContain('There are no rows.');
});

test('every file of the folder that is a format is listed', () => {
  const files = readdirSync(new URL('../../../../src/jobs/formats', import.meta.url));
  const own = files.filter((file) => !['format.ts', 'index.ts'].includes(file));
  expect(formats).toHaveLength(own.length);
  expect(new Set(formats.map(({ name }) => name)).size).toBe(formats.length);
});

test('who can have no rows is told with the reason', () => {
  const lacking = { ...report, notes: [{ computer: 'lab-09', note: 'the device has no wireless adapter' }] };
  expect(markdown.format(lacking)).toContain('## Can have none');
  expect(markdown.format(lacking)).toContain('| lab-09 | the device has no wireless adapter |');
  const { results } = JSON.parse(json.format(lacking)) as { results: readonly object[] };
  expect(results).toContainEqual({
    computer: 'lab-09',
    ok: true,
    value: { columns: report.columns, rows: [] },
    note: 'the device has no wireless adapter',
  });
});
