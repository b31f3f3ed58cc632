import { join } from 'node:path';
import { type SidebandError, toSidebandError } from '../base/errors';
import { distinctProblems, type Problem } from '../base/problem';
import type { Engine } from '../jobs/engine';
import { bindInputs } from '../jobs/file/inputs';
import { jobWorldOf, listJobFiles, readJob } from './jobFiles';
import type { ScheduledJob } from './scheduleNotice';

export interface ScheduledJobs {
  readonly jobs: readonly ScheduledJob[];
  /** Of the files that are left out; also of those without a schedule, for a mistake may stand before it. */
  readonly problems: readonly Problem[];
}

/** The jobs of a folder that have a schedule. A file with a mistake is left out, and the others are not. Rejects with `file.invalid`. */
export async function readScheduledJobs(
  folder: string,
  engine: Pick<Engine, 'fleet' | 'definitions'>,
): Promise<ScheduledJobs> {
  const jobs: ScheduledJob[] = [];
  const problems: Problem[] = [];
  for (const file of await listJobFiles(folder)) {
    try {
      const { compiled, problems: mistakes } = await readJob(folder, file, jobWorldOf(engine));
      problems.push(...mistakes);
      if (!compiled?.job.schedule) continue;
      const { name: title, schedule, windows } = compiled.job;
      // By itself it runs with the defaults of its inputs: each must have one.
      bindInputs(compiled.job, {});
      jobs.push({ file, title, schedule, windows });
    } catch (thrown) {
      problems.push(wholeFile(join(folder, file), toSidebandError(thrown)));
    }
  }
  return { jobs, problems: distinctProblems(problems) };
}

function wholeFile(file: string, { message }: SidebandError): Problem {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 2, message };
}
