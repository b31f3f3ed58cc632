import { access, appendFile, constants, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';
import type { RunDocument } from '../../jobs/reports/runDocument';
import type { RunFormat } from '../../jobs/reports/runFormat';
import { runFormats, stepSummary } from '../../jobs/reports/runFormats';
import type { Arguments, Option } from '../arguments';
import type { Io } from '../io';
import { splitAll } from './jobOptions';

export const reportOption: Option = {
  name: 'report',
  value: 'FORMAT=FILE',
  isList: true,
  description: `writes what became of each computer: ${runFormats.map(({ name }) => name).join(', ')}; may be given several times`,
};

/** A report that is wanted when the run has ended. */
interface WantedReport {
  readonly format: RunFormat;
  readonly file: string;
}

/** Rejects with `usage.invalid` before anything is done, also for files that could not be written when the run has ended. */
export async function readReports(args: Arguments, cwd: string): Promise<readonly WantedReport[]> {
  const wanted = parseReports(args, cwd);
  for (const { file } of wanted) await assertWritable(file);
  return wanted;
}

function parseReports(args: Arguments, cwd: string): readonly WantedReport[] {
  return splitAll(args, 'report', 'format=file').map(([name, file]) => {
    const format = runFormats.find((one) => one.name === name);
    const names = runFormats.map((one) => one.name);
    if (format && file !== '') return { format, file: resolve(cwd, file) };
    if (format) throw new SidebandError('usage.invalid', `--report: a file is expected after ${name}=`);
    throw new SidebandError('usage.invalid', `--report: "${name}" is no format.${didYouMean(name, names)}`);
  });
}

async function assertWritable(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    const found = await stat(file).catch(() => undefined);
    if (found?.isDirectory()) throw new Error('it is a folder');
    await access(found ? file : dirname(file), constants.W_OK);
  } catch (error) {
    throw new SidebandError('usage.invalid', `--report: ${file} cannot be written: ${(error as Error).message}`);
  }
}

/** Writes the reports, and the summary that a CI of GitHub's kind asks for. What cannot be written is said; the run has happened. */
export async function writeReports(document: RunDocument, wanted: readonly WantedReport[], io: Io): Promise<void> {
  for (const { format, file } of wanted) {
    await attempt(io, file, () => writeFile(file, format.format(document)));
  }
  const summary = summaryFile(io);
  if (summary !== undefined) await attempt(io, summary, () => appendFile(summary, stepSummary(document)));
}

/** Whether there is anything to write when the run has ended. */
export function wantsReports(wanted: readonly WantedReport[], io: Io): boolean {
  return wanted.length > 0 || summaryFile(io) !== undefined;
}

function summaryFile({ env: { GITHUB_STEP_SUMMARY: file } }: Io): string | undefined {
  return file === '' ? undefined : file;
}

async function attempt(io: Io, file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    io.err(`sideband: ${file} was not written: ${(error as Error).message}\n`);
  }
}
