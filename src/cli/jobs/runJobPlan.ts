import type { App } from '../../app/app';
import { reportError, SidebandError, toSidebandError } from '../../base/errors';
import type { JobPlan } from '../../jobs/planning/jobPlan';
import { comparePlans } from '../../jobs/planning/planFacts';
import { readRunDocument } from '../../jobs/reports/runDocument';
import { json } from '../../jobs/reports/formats/json';
import type { JobReport, Stops } from '../../jobs/running/jobReport';
import type { Interrupted } from '../../jobs/running/resumeJob';
import type { ResumeJobOptions } from '../../jobs/running/runJob';
import { text } from '../arguments';
import { cliFrontend } from '../cliFrontend';
import type { Invocation } from '../command';
import { type ExitCode, exitCodes } from '../../base/exitCodes';
import { printable } from '../../base/printable';
import { ResultPrinter } from '../../jobs/resultPrinter';
import { readAgreedPlan } from './agreedPlan';
import type { JobHost } from './jobHost';
import { readReports, wantsReports, writeReports } from './jobReports';
import { readPlanNow } from './printJobPlan';

/** Runs a plan and prints what became of each computer. With `--plan` only when the plan of this moment has that hash. */
export async function runJobPlan(
  plan: JobPlan,
  host: JobHost,
  invocation: Invocation,
  rerunOf?: string,
): Promise<ExitCode> {
  const { args } = invocation;
  const wanted = text(args, 'plan');
  const agreed = wanted === undefined ? plan : await assertUnmoved(wanted, plan, host.app, invocation);
  const names = agreed.computers.map(({ computer }) => computer.name);
  return follow(host.app, invocation, names, (frontend, options, stops) =>
    host.runJob(agreed, frontend, { ...options, ...(rerunOf !== undefined && { rerunOf }) }, stops),
  );
}

/** Goes on with a run whose process died. */
export function resumeRun(interrupted: Interrupted, host: JobHost, invocation: Invocation): Promise<ExitCode> {
  const names = interrupted.record.results.map(({ computer }) => computer);
  return follow(host.app, invocation, names, (frontend, options, stops) =>
    host.resumeJob(interrupted, frontend, options, stops),
  );
}

type Run = (frontend: ReturnType<typeof cliFrontend>, options: ResumeJobOptions, stops: Stops) => Promise<JobReport>;

async function follow(app: App, invocation: Invocation, names: readonly string[], run: Run): Promise<ExitCode> {
  const { args, settings, io } = invocation;
  const reports = await readReports(args, io.cwd);
  const printer = settings.json ? undefined : new ResultPrinter(io, names);
  const stops = io.stops();
  const tellOfWindingDown = (): void => {
    io.err('each computer finishes its step and what its job does in any case; Ctrl-C again breaks off\n');
  };
  const options = {
    ...settings,
    onResult: (result: JobReport['results'][number]) => printer?.row(result),
    onBegin: (id: string) => {
      if (!settings.json) io.err(`run ${id}\n`);
      stops.windDown.addEventListener('abort', tellOfWindingDown, { once: true });
    },
  };
  const report = await run(cliFrontend(invocation, printer), options, stops).finally(() => {
    stops.windDown.removeEventListener('abort', tellOfWindingDown);
  });
  const isRead = settings.json || wantsReports(reports, io);
  const document = isRead ? await readBack(report, app, invocation) : undefined;
  if (document) await writeReports(document, reports, io);
  if (document && settings.json) io.out(json.format(document));
  printer?.end(report.results, report.runId);
  if (report.halted !== undefined) io.err(`stopped early: ${printable(report.halted)}\n`);
  if (report.cancelled) return exitCodes.cancelled;
  return report.results.every(({ ok }) => ok) ? exitCodes.done : exitCodes.failed;
}

/** The run has happened, whether its ledger can be read or not. */
async function readBack({ runId }: JobReport, app: App, { settings, io }: Invocation) {
  try {
    return await readRunDocument(app.ledger, runId);
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (settings.json) io.out(`${JSON.stringify({ error: reportError(error) })}\n`);
    io.err(`sideband: no report of the run ${runId} can be made: ${printable(error.message)}\n`);
    return undefined;
  }
}

/** Throws `plan.changed`, saying what has moved as far as it is known what was agreed on. */
async function assertUnmoved(word: string, plan: JobPlan, app: App, invocation: Invocation): Promise<JobPlan> {
  const { io } = invocation;
  const { hash, stored } = await readAgreedPlan(word, app.ledger, io.cwd);
  const now = await readPlanNow(plan, app, invocation);
  io.interrupted.throwIfAborted();
  if (now.hash === hash) return now;
  for (const line of stored ? comparePlans(stored, now) : []) io.err(`moved: ${printable(line)}\n`);
  const untold = stored ? '' : `; what has moved cannot be told, since no plan ${hash} was made here`;
  throw new SidebandError('plan.changed', `the plan is now ${now.hash}, not ${hash}${untold}`);
}
