import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseArguments } from '../../../src/cli/arguments';
import { readInputs, subjectOptions } from '../../../src/cli/jobs/jobOptions';
import { readReports, reportOption } from '../../../src/cli/jobs/jobReports';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const given = (...argv: readonly string[]) => parseArguments(argv, [...subjectOptions, reportOption]);

test('inputs are texts, with all that stands behind the first =', () => {
  expect(readInputs(given('--input', 'who=site=oslo', '--input', 'device='))).toEqual({ who: 'site=oslo', device: '' });
});

test.each([
  [['--input', 'who'], '--input: name=value is expected, not "who"'],
  [['--input', '=oslo'], '--input: name=value is expected, not "=oslo"'],
  [['--input', 'who=a', '--input', 'who=b'], '--input: "who" is given twice'],
])('%j is refused', (argv, message) => {
  expect(() => readInputs(given(...argv))).toThrow(message);
});

test('the folder of a report is made before anything is done, and the file is not', async () => {
  using folder = temporaryFolder();
  const [junit, csv] = await readReports(given('--report', 'junit=out/a.xml', '--report', 'csv=b.csv'), folder.path);
  expect([junit?.format.name, csv?.format.name]).toEqual(['junit', 'csv']);
  expect(junit?.file).toBe(join(folder.path, 'out', 'a.xml'));
  expect(existsSync(join(folder.path, 'out'))).toBe(true);
  expect(existsSync(join(folder.path, 'out', 'a.xml'))).toBe(false);
});

test.each([
  ['junti=a.xml', '--report: "junti" is no format. Did you mean "junit"?'],
  ['junit=', '--report: a file is expected after junit='],
  ['junit', '--report: format=file is expected, not "junit"'],
  ['csv=.', 'cannot be written: it is a folder'],
  ['csv=file/a.csv', 'a.csv cannot be written: '],
])('the report %s is refused before anything is done', async (report, message) => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'file'), '');
  await expect(readReports(given('--report', report), folder.path)).rejects.toThrow(message);
});
