import { describeHours, isWithin, type Refusal } from '../policy';
import type { CompiledJob } from '../program/program';

/** What the job's own windows say against beginning at this time; nothing when it has none. */
export function windowRefusals({ job, source }: Pick<CompiledJob, 'job' | 'source'>, now: Date): readonly Refusal[] {
  if (job.windows.length === 0 || job.windows.some((hours) => isWithin(hours, now))) return [];
  const allowed = job.windows.map(describeHours).join('; or from ');
  return [{ rule: `${source.file}: windows`, message: `it is allowed from ${allowed}` }];
}
