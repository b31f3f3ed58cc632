import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { SidebandError } from '../base/errors';
import { didYouMean } from '../base/nearest';
import { formatProblem, type Problem } from '../base/problem';
import { folderName } from './folder';
import { jobsFolderName, listJobFiles } from './jobFiles';

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

/** A file of `.sideband/jobs` as people name it. */
export function shortName(file: string): string {
  return file.replace(/^\.sideband\/jobs\/|\.yaml$/g, '');
}
