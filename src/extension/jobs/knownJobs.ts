import { join } from 'node:path';
import { type JobFileWorld, listJobFiles, readJob } from '../../app/jobFiles';
import { toSidebandError } from '../../base/errors';
import type { Problem } from '../../base/problem';
import type { Job } from '../../jobs/file/job';
import type { Ledger } from '../../jobs/ledger';

/** A folder that may have jobs. */
export interface JobsSource {
  readonly folder: string;
  /** As the workspace calls the folder. */
  readonly title: string;
  readonly world: JobFileWorld;
  readonly ledger: Pick<Ledger, 'runs'>;
}

/** A job file of an open folder. */
export interface KnownJob {
  readonly source: JobsSource;
  /** As in its source. */
  readonly file: string;
  /** Absent when there are mistakes. */
  readonly job?: Job;
  /** With the whole paths of files. */
  readonly problems: readonly Problem[];
}

/** The job files of a folder, in order. A folder that cannot be read has none. */
export async function readJobs(source: JobsSource): Promise<readonly KnownJob[]> {
  const { folder, world } = source;
  const jobs: KnownJob[] = [];
  for (const file of await listJobFiles(folder).catch(() => [])) {
    try {
      const { compiled, problems } = await readJob(folder, file, world);
      jobs.push({ source, file, problems, ...(compiled && { job: compiled.job }) });
    } catch (thrown) {
      // It has just gone, which is told soon, or cannot be read.
      const { message } = toSidebandError(thrown);
      const problem = { file: join(folder, file), line: 1, column: 1, endLine: 1, endColumn: 2, message };
      jobs.push({ source, file, problems: [problem] });
    }
  }
  return jobs;
}
