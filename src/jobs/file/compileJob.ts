import type { Problem } from '../../base/problem';
import type { Definitions } from '../../fleet/definitions';
import type { Fleet } from '../../fleet/fleet';
import type { TechnologySchema } from '../../fleet/technologySchema';
import type { CompiledJob } from '../program/program';

/** What a job is checked against. */
export interface JobWorld {
  readonly definitions: Definitions;
  /** Absent: names of computers and groups are not looked up. */
  readonly fleet?: Fleet | undefined;
  /** Absent: ad-hoc URLs are not looked into. */
  readonly technologies?: readonly TechnologySchema[];
}

export interface CompileResult {
  /** Absent when there are problems or files are missing. */
  readonly compiled?: Omit<CompiledJob, 'source'>;
  readonly problems: readonly Problem[];
  /** The files of called jobs that are not among the texts. */
  readonly missing: readonly string[];
}

/** Checks a job with those that it calls, and puts them in their places. Never throws: every mistake is a problem at its place. */
export function compileJob(file: string, texts: ReadonlyMap<string, string>, world: JobWorld): CompileResult {
  throw new Error(`not yet: ${file} ${texts.size} ${JSON.stringify(world)}`);
}
