/** A time at which a job is due. */
export interface Due {
  readonly folder: string;
  /** The job's file, as in its source. */
  readonly job: string;
  readonly at: Date;
}

/**
 * Who runs what is due, over all processes that share a ledger. `claimed`: the caller does, and nobody else ever will; `taken`: another
 * did or does; `overlaps`: a run of the same job by schedule still goes on, so this time is left out.
 */
export type Claim = 'claimed' | 'taken' | 'overlaps';

export interface ScheduleStore {
  claim(due: Due): Promise<Claim>;
  /** The last time up to which somebody has looked after the job's schedule; nothing when nobody ever has. */
  lookedAfter(folder: string, job: string): Promise<Date | undefined>;
  /** Moves that time forward; never back. */
  lookAfter(folder: string, job: string, until: Date): Promise<void>;
}
