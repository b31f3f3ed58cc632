import type { SidebandError } from '../base/errors';
import type { Schedule } from '../jobs/file/job';
import type { Hours } from '../jobs/policy';
import { formatDue } from '../jobs/schedule/dueText';

/** A job that runs by itself. */
export interface ScheduledJob {
  /** As in its source. */
  readonly file: string;
  readonly title: string;
  readonly schedule: Schedule;
  readonly windows: readonly Hours[];
}

/** What became of due times other than a run. */
export type ScheduleNotice = { readonly job: ScheduledJob } & (
  | {
      /** Nobody was there, or the computer slept. By the job’s policy they are left out, or one run stands for all of them. */
      readonly kind: 'missed';
      /** Of the last one. */
      readonly dueAt: Date;
      /** At most `countedAtMost`. */
      readonly count: number;
    }
  /** A missed time that no run can stand for now. */
  | { readonly kind: 'closed'; readonly dueAt: Date; readonly opensAt?: Date }
  /** A run of the same job by schedule still goes on. */
  | { readonly kind: 'overlaps'; readonly dueAt: Date }
  /** A run could not begin or go on. */
  | { readonly kind: 'failed'; readonly dueAt: Date; readonly error: SidebandError }
  /** Nothing can be claimed; it is tried again. */
  | { readonly kind: 'unavailable'; readonly error: SidebandError }
);

export const countedAtMost = 1000;

/** A notice in a sentence. */
export function describeNotice(notice: ScheduleNotice): string {
  const { job } = notice;
  if (notice.kind === 'unavailable') return `${job.file}: its schedule waits for the ledger: ${notice.error.message}`;
  const due = formatDue(job.schedule, notice.dueAt);
  switch (notice.kind) {
    case 'missed': {
      const what =
        notice.count === 1 ? `missed ${due}` : `missed ${countText(notice.count)} times, the last one ${due}`;
      return `${job.file}: ${what}${job.schedule.missed === 'skip' ? '; left out' : '; one run stands for it'}`;
    }
    case 'closed': {
      const opens = notice.opensAt ? `; a window opens ${formatDue(job.schedule, notice.opensAt)}` : '';
      return `${job.file}: no run for ${due}: it is outside the job’s windows${opens}`;
    }
    case 'overlaps':
      return `${job.file}: no run for ${due}: the one before still goes on`;
    case 'failed':
      return `${job.file}: the run for ${due} failed: ${notice.error.message}`;
  }
}

function countText(count: number): string {
  return count < countedAtMost ? String(count) : `${countedAtMost} or more`;
}
