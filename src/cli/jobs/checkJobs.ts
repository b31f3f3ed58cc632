import { jobWorldOf, listJobFiles, readJob } from '../../app/jobFiles';
import { SidebandError } from '../../base/errors';
import { distinctProblems, type Problem } from '../../base/problem';
import type { Invocation } from '../command';
import { type ExitCode, exitCodes } from '../../base/exitCodes';
import { openApp } from '../openApp';
import { printable } from '../../base/printable';
import { toJson } from '../runReport';
import { describeProblems, findJobFile } from '../../app/jobNames';

/** Checks the named jobs, or all of the folder, and prints every mistake. */
export async function checkJobs(invocation: Invocation, names: readonly string[]): Promise<ExitCode> {
  const { settings, io } = invocation;
  await using app = await openApp(invocation);
  const named = names.map((name) => findJobFile(name, app.folder, io.cwd));
  const files = named.length > 0 ? await Promise.all(named) : await listJobFiles(app.folder);
  if (files.length === 0) throw new SidebandError('file.missing', `${app.folder} has no .sideband/jobs`);
  const world = jobWorldOf(app.engine);
  const problems: Problem[] = [];
  for (const file of files) problems.push(...(await readJob(app.folder, file, world)).problems);
  const unique = distinctProblems(problems);
  if (settings.json) io.out(toJson({ files: files.length, problems: unique }));
  else for (const line of describeProblems(unique, io.cwd)) io.out(`${printable(line)}\n`);
  if (unique.length > 0) return exitCodes.usage;
  io.err(`${files.length === 1 ? 'the job holds' : `all ${files.length} jobs hold`}\n`);
  return exitCodes.done;
}
