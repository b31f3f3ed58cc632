import { posix } from 'node:path';
import * as z from 'zod';

/** What a step uses that calls another job. */
export const runJobId = 'run.job';

/** Its parameters. */
export const runJobParameters = z.strictObject({
  job: z
    .string()
    .min(1)
    .max(500)
    .describe('The file of the job, from the folder of this one: its steps are done on the same computers'),
  inputs: z.record(z.string(), z.unknown()).default({}).describe('The values of its inputs'),
});

export const runJobTitle = 'Run Job';
export const runJobDescription = 'Does the steps of another job in the place of this step, on the same computers.';

/** Why a name cannot be that of a called file; nothing when it can. */
export function mistakeInJobName(name: string): string | undefined {
  if (name.includes('${{')) return 'a file is expected: the jobs that are called are known before the run';
  const leaves = name.split('/').includes('..') || posix.isAbsolute(name) || /^[A-Za-z]:|\\/.test(name);
  if (leaves) return 'a file in the folder of this one is expected, or in a folder in it, with / between';
  return name.endsWith('.yaml') ? undefined : 'a file whose name ends in .yaml is expected';
}

/** The file of the job that a step calls, named as the calling file is; nothing for other steps, and for what is no such name. */
export function calledBy(step: CallingStep, callingFile: string): string | undefined {
  const name = step.uses === runJobId ? step.with?.job : undefined;
  if (typeof name !== 'string' || mistakeInJobName(name) !== undefined) return undefined;
  return posix.join(posix.dirname(callingFile), name);
}

interface CallingStep {
  readonly uses: string;
  readonly with?: Readonly<Record<string, unknown>> | undefined;
}
