import type { Problem } from '../../base/problem';
import type { YamlFile } from '../../base/yaml/yamlFile';
import type { Job } from './job';

export interface ParsedJob {
  /** Absent when there are problems. */
  readonly job?: Job;
  readonly problems: readonly Problem[];
  /** The files of the jobs that it calls, named as its own file is. */
  readonly calls: readonly string[];
  /** A mistake that only its neighbours can show, at the key or at the value of a path. */
  readonly problemAt: YamlFile<unknown>['problemAt'];
}

/** Reads a file of `.sideband/jobs`. Never throws: every mistake is a problem at its place. */
export function parseJob(text: string, file: string): ParsedJob {
  throw new Error(`not yet: ${file} ${text}`);
}
