import type { Problem } from '../base/problem';
import type { Definitions } from '../fleet/definitions';
import type { Fleet } from '../fleet/fleet';
import type { CompiledJob, JobSource } from '../jobs/program/program';

export const jobsFolderName = 'jobs';

/** What jobs are checked against. */
export interface JobFileWorld {
  readonly definitions: Definitions;
  /** Absent: names of computers and groups are not looked up. */
  readonly fleet?: Fleet | undefined;
}

export interface JobFileContents {
  /** Absent when there are problems. */
  readonly compiled?: Omit<CompiledJob, 'source'>;
  /** Of the file and of those that it calls, as `JobSource` has them. */
  readonly texts: Readonly<Record<string, string>>;
  /** As `JobSource` has it. */
  readonly file: string;
  /** With the whole paths of files. */
  readonly problems: readonly Problem[];
}

/** The `.yaml` files of `.sideband/jobs` and the folders in it, relative to the folder with `/` between, in order. Rejects with `file.invalid`. */
export function listJobFiles(folder: string): Promise<readonly string[]> {
  return Promise.reject(new Error(`not yet: ${folder}`));
}

/**
 * Reads a job and those that it calls; the file is relative to the folder, or absolute. Mistakes come as problems; rejects with
 * `file.missing` when there is no such file, and with `file.invalid` when it exists and cannot be read.
 */
export function readJob(folder: string, file: string, world: JobFileWorld): Promise<JobFileContents> {
  return Promise.reject(new Error(`not yet: ${folder} ${file} ${JSON.stringify(world)}`));
}

/** A job from the texts that a run was made of. Throws `file.invalid`. */
export function compileSource(source: JobSource, world: JobFileWorld): CompiledJob {
  throw new Error(`not yet: ${source.file} ${JSON.stringify(world)}`);
}
