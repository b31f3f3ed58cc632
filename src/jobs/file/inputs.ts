import type { InputValues, Job } from './job';

/** The values of a job's inputs: those that are given, texts as their types read them, and defaults. Throws `usage.invalid`. */
export function bindInputs(job: Job, given: Readonly<Record<string, unknown>>): InputValues {
  throw new Error(`not yet: ${job.name} ${JSON.stringify(given)}`);
}
