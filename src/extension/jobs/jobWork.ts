import type { JobPlan } from '../../jobs/planning/jobPlan';
import type { FolderSession } from '../folderSession';

/** A job that somebody wants to be run, with everything that was asked for. */
export interface JobWork {
  readonly session: FolderSession;
  readonly title: string;
  /** Plans it from what is known at this moment. Rejects for mistakes, inputs and targets. */
  readonly plan: () => Promise<JobPlan>;
  /** The run that is repeated in part. */
  readonly rerunOf?: string;
}
