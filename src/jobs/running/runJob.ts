import type { Frontend } from '../../base/frontend';
import type { Engine, SweepLimits } from '../engine';
import type { JobPlan } from '../planning/jobPlan';
import type { ComputerResult } from '../result';
import type { JobReport, Stops } from './jobReport';

export interface ResumeJobOptions extends SweepLimits {
  /** Called as each computer ends. */
  readonly onResult?: (result: ComputerResult) => void;
  /** Called with the run’s id once it is recorded, before anything is done. */
  readonly onBegin?: (runId: string) => void;
}

export interface RunJobOptions extends ResumeJobOptions {
  /** The run that this one repeats in part. */
  readonly rerunOf?: string;
  /** The due time that it was begun for, in ISO 8601. */
  readonly dueAt?: string;
}

/**
 * Does what a plan of a job says. Throws before anything is done: `policy.refused`, `run.cancelled` when the question is answered with
 * no, `ledger.unavailable`. From then on every computer has its own outcome.
 */
export function runJob(
  plan: JobPlan,
  engine: Engine,
  frontend: Frontend,
  options: RunJobOptions,
  stops: Stops,
): Promise<JobReport> {
  throw new Error(`not yet: ${plan.hash} ${engine.folder} ${typeof frontend} ${typeof options} ${typeof stops}`);
}
