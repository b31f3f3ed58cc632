import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { App } from '../../app/app';
import { folderName } from '../../app/folder';
import { jobsFolderName } from '../../app/jobFiles';
import { prepareJob } from '../../app/jobs';
import { SidebandError } from '../../base/errors';
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
    file: findJobFile(name, app.folder, io.cwd),
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

/** A path, or the name of a file of `.sideband/jobs` with or without its ending. */
export function findJobFile(name: string, folder: string, cwd: string): string {
  const jobs = join(folder, folderName, jobsFolderName);
  const places = [resolve(cwd, name), join(jobs, name), join(jobs, `${name}.yaml`)];
  return places.find((place) => existsSync(place)) ?? resolve(cwd, name);
}
