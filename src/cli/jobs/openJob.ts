import type { App } from '../../app/app';
import { describeProblems, findJobFile } from '../../app/jobNames';
import { prepareJob } from '../../app/jobs';
import { SidebandError } from '../../base/errors';
import type { JobPlan } from '../../jobs/planning/jobPlan';
import { text } from '../arguments';
import type { Invocation } from '../command';
import { printable } from '../../base/printable';
import { readInputs } from './jobOptions';

/** The job of the command line, planned from what is known. Throws `file.invalid` with every mistake of its files. */
export async function openJob(app: App, invocation: Invocation, name: string): Promise<JobPlan> {
  const { args, settings, io } = invocation;
  const prepared = await prepareJob(app, {
    file: await findJobFile(name, app.folder, io.cwd),
    inputs: readInputs(args),
    targets: text(args, 'targets'),
    technology: settings.technology,
  });
  if ('plan' in prepared) return prepared.plan;
  const [first = '', ...others] = describeProblems(prepared.problems, io.cwd);
  for (const mistake of others) io.err(`${printable(mistake)}\n`);
  throw new SidebandError('file.invalid', first);
}
