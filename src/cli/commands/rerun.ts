import { prepareRerun } from '../../app/jobs';
import { SidebandError } from '../../base/errors';
import type { RecordedJob, RunRecord } from '../../jobs/ledger';
import { planOperation } from '../../jobs/plan';
import { selectForRerun } from '../../jobs/rerun';
import { isOn } from '../arguments';
import type { Command, Invocation } from '../command';
import type { ExitCode } from '../../base/exitCodes';
import { databaseOption, type JobHost, openJobHost } from '../jobs/jobHost';
import { reportOption } from '../jobs/jobReports';
import { printJobPlan } from '../jobs/printJobPlan';
import { runJobPlan } from '../jobs/runJobPlan';
import { findOperation } from '../operationOptions';
import { printable } from '../../base/printable';
import { printPlan, printRun } from '../runReport';
import { findRun } from './runs';

export const rerun: Command = {
  usage: 'rerun RUN --failed [--plan]',
  description:
    'Does a run again on the computers that failed, were cancelled or not begun. What may have happened is not repeated where that does harm.',
  examples: ['sideband rerun last --failed --plan', 'sideband rerun last --failed --yes'],
  options: () => [
    { name: 'failed', description: 'only the computers that did not succeed' },
    { name: 'plan', description: 'show what would be done, and stop' },
    reportOption,
    databaseOption,
  ],
  async run(invocation) {
    const { args, settings, io } = invocation;
    const [id] = args.positionals;
    if (id === undefined) throw new SidebandError('usage.invalid', 'a run is expected, or `last`');
    if (!isOn(args, 'failed')) throw new SidebandError('usage.invalid', 'rerun needs --failed');
    await using host = await openJobHost(invocation);
    const { app } = host;
    const run = await findRun(app, id);
    if (run.job) return await rerunJob(host, invocation, { ...run, job: run.job });
    const { operation } = await findOperation(run.subject);
    const { rerun: names, left } = selectForRerun(run, operation.repeatable);
    for (const { computer, reason } of left) io.err(`${printable(computer)} is left alone: ${reason}\n`);
    const { computers, targets, gone } = app.recall(names, run.targets);
    for (const name of gone) io.err(`${printable(name)} is left alone: it is not in the fleet any more\n`);
    if (computers.length === 0) {
      throw new SidebandError('targets.none', `run ${run.id} leaves nothing to do again`);
    }
    const { parameters } = run;
    const plan = planOperation(
      { operation, computers, parameters, targets, technology: settings.technology },
      app.engine,
    );
    return isOn(args, 'plan') ? await printPlan(plan, app, invocation) : await printRun(plan, app, invocation, run.id);
  },
};

async function rerunJob(
  host: JobHost,
  invocation: Invocation,
  run: RunRecord & { readonly job: RecordedJob },
): Promise<ExitCode> {
  const { args, settings, io } = invocation;
  const { app } = host;
  const { plan, left } = await prepareRerun(app, run, settings);
  for (const { computer, reason } of left) io.err(`${printable(computer)} is left alone: ${reason}\n`);
  return isOn(args, 'plan') ? printJobPlan(plan, app, invocation) : runJobPlan(plan, host, invocation, run.id);
}
