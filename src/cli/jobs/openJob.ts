import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { App } from '../../app/app';
import { folderName } from '../../app/folder';
import { jobsFolderName, listJobFiles } from '../../app/jobFiles';
import { prepareJob } from '../../app/jobs';
import { SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';
import { formatProblem, type Problem } from '../../base/problem';
import type { JobPlan } from '../../jobs/planning/jobPlan';
import { text } from '../arguments';
import type { Invocation } from '../command';
import { printable } from '../../base/printable';
import { readInputs } from './jobOptions';

/** The job of the command line, planned from what is known. Throws `file.invalid` with every mistake of its files. */
export async function openJob(app: App, invocation: Invocation, name: string): Promise<JobPlan> {
  const { args, settings, io } = invocation;
  const prepared = await prepareJob(app, {
    file: await findJobFile(name, app.folder, io.cwd),
    inputs: readInputs(args),
    targets: text(args, 'targets'),
    technology: settings.technology,
  });
  if ('plan' in prepared) return prepared.plan;
  const [first = '', ...others] = describeProblems(prepared.problems, io.cwd);
  for (const mistake of others) io.err(`${printable(mistake)}\n`);
  throw new SidebandError('file.invalid', first);
}

/** `file:line:column: message` for each, the file as seen from where the user stands. */
export function describeProblems(problems: readonly Problem[], cwd: string): readonly string[] {
  return problems.map((problem) => formatProblem({ ...problem, file: relative(cwd, problem.file) }));
}

/** By a path, or by the name of a file of `.sideband/jobs` with or without its ending. Throws `file.missing` with the nearest name. */
export async function findJobFile(name: string, folder: string, cwd: string): Promise<string> {
  const jobs = join(folder, folderName, jobsFolderName);
  const places = [resolve(cwd, name), join(jobs, name), join(jobs, `${name}.yaml`)];
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  const names = (await listJobFiles(folder)).map(shortName);
  const hint = 'Jobs are files of .sideband/jobs: `sideband job list` shows them.';
  throw new SidebandError('file.missing', `there is no job ${name}.${didYouMean(shortName(name), names)}`, { hint });
}

/** A file of `.sideband/jobs` as the command line takes it. */
export function shortName(file: string): string {
  return file.replace(/^\.sideband\/jobs\/|\.yaml$/g, '');
}
