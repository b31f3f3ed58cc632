import type { Frontend } from '../../base/frontend';
import type { Computer } from '../../fleet/computer';
import type { Engine } from '../engine';
import type { RunRecord } from '../ledger';
import type { CompiledJob } from '../program/program';
import type { JobReport, Stops } from './jobReport';
import type { ResumeJobOptions } from './runJob';

/** A run whose process died, with what its recorded texts and names mean today. */
export interface Interrupted {
  readonly record: RunRecord;
  readonly compiled: CompiledJob;
  /** Those of the record that the fleet still has. */
  readonly computers: readonly Computer[];
}

/**
 * Goes on with a run whose process died. Throws before anything is done as `runJob` does, and `run.busy` while that process lives,
 * `run.ended` when nothing is left of it.
 */
export function resumeJob(
  interrupted: Interrupted,
  engine: Engine,
  frontend: Frontend,
  options: ResumeJobOptions,
  stops: Stops,
): Promise<JobReport> {
  throw new Error(
    `not yet: ${interrupted.record.id} ${engine.folder} ${typeof frontend} ${typeof options} ${typeof stops}`,
  );
}
