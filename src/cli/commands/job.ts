import { assertJobRun, prepareResume } from '../../app/jobs';
import { SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';
import { text } from '../arguments';
import type { Command, Invocation } from '../command';
import type { ExitCode } from '../../base/exitCodes';
import { checkJobs } from '../jobs/checkJobs';
import { databaseOption, openJobHost } from '../jobs/jobHost';
import { subjectOptions } from '../jobs/jobOptions';
import { reportOption } from '../jobs/jobReports';
import { listJobs } from '../jobs/listJobs';
import { openJob } from '../jobs/openJob';
import { printJobPlan } from '../jobs/printJobPlan';
import { resumeRun, runJobPlan } from '../jobs/runJobPlan';
import { findRun } from './runs';

export const job: Command = {
  usage: 'job list | check [FILE …] | plan FILE | run FILE [--plan HASH] | run --resume RUN',
  description: `Jobs are files of .sideband/jobs: operations one after the other on many computers. \`check\` tells every mistake in them;
\`plan\` reads the computers and shows what would be done, with a hash; \`run\` does it, with --plan only if the plan still has that hash.
Ctrl-C lets each computer finish its step and what its job does in any case; a second one breaks off.`,
  examples: [
    'sideband job check',
    'sideband job plan patch --input who=@build',
    'sideband job run patch --plan 3f9a0c41d2e7 --yes --report junit=out/junit.xml',
    'sideband job run --resume last',
  ],
  options: () => [
    ...subjectOptions,
    {
      name: 'plan',
      value: 'HASH|FILE',
      description: 'run only what was planned, by its hash or the printed plan; otherwise say what has moved, and stop',
    },
    { name: 'resume', value: 'RUN', description: 'go on with a run whose process died; `last` is the newest' },
    { name: 'markdown', description: 'the plan as a document' },
    reportOption,
    databaseOption,
  ],
  async run(invocation) {
    const [verb, ...names] = invocation.args.positionals;
    switch (verb) {
      case 'list':
        return listJobs(invocation);
      case 'check':
        return checkJobs(invocation, names);
      case 'plan':
      case 'run':
        return planOrRun(verb, names, invocation);
      default: {
        const verbs = ['list', 'check', 'plan', 'run'];
        const hint = verb === undefined ? '' : didYouMean(verb, verbs);
        throw new SidebandError('usage.invalid', `job: one of ${verbs.join(', ')} is expected.${hint}`);
      }
    }
  },
};

async function planOrRun(
  verb: 'plan' | 'run',
  [name, ...others]: readonly string[],
  invocation: Invocation,
): Promise<ExitCode> {
  if (others.length > 0) {
    throw new SidebandError(
      'usage.invalid',
      `job ${verb} takes one file; put targets into --targets "${others.join(' ')}"`,
    );
  }
  const resumed = text(invocation.args, 'resume');
  await using host = await openJobHost(invocation);
  const { app } = host;
  if (verb === 'run' && resumed !== undefined) {
    if (name !== undefined) throw new SidebandError('usage.invalid', 'a run is resumed as it was: leave out the file');
    const record = await findRun(app, resumed);
    assertJobRun(record);
    return await resumeRun(prepareResume(app, record), host, invocation);
  }
  if (name === undefined)
    throw new SidebandError('usage.invalid', 'a job or its file is expected: `sideband job list` shows them');
  const plan = await openJob(app, invocation, name);
  return verb === 'plan' ? await printJobPlan(plan, app, invocation) : await runJobPlan(plan, host, invocation);
}
