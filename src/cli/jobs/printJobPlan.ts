import type { App } from '../../app/app';
import { formatJobPlan, formatJobPlanMarkdown, jobPlanToJson } from '../../jobs/planning/jobPlanText';
import type { JobPlan } from '../../jobs/planning/jobPlan';
import { storedPlan } from '../../jobs/planning/planFacts';
import { readJobPlan } from '../../jobs/planning/readJobPlan';
import { isOn } from '../arguments';
import { cliAsks } from '../cliAsks';
import type { Invocation } from '../command';
import { type ExitCode, exitCodes } from '../../base/exitCodes';
import { cliLog } from '../openApp';
import { toJson } from '../runReport';

/** Reads what the plan changes and prints it; nothing is done. The ledger keeps it, to tell what has moved when it is run. */
export async function printJobPlan(plan: JobPlan, app: App, invocation: Invocation): Promise<ExitCode> {
  const { args, settings, io } = invocation;
  const read = await readPlanNow(plan, app, invocation);
  if (io.interrupted.aborted) return exitCodes.cancelled;
  const stored = storedPlan(read);
  await app.ledger.keepPlan(stored);
  if (settings.json) io.out(toJson({ ...jobPlanToJson(read), facts: stored.facts }));
  else io.out(isOn(args, 'markdown') ? formatJobPlanMarkdown(read) : formatJobPlan(read));
  return read.refusals.length > 0 ? exitCodes.refused : exitCodes.done;
}

export function readPlanNow(plan: JobPlan, app: App, { settings, io }: Invocation): Promise<JobPlan> {
  const log = cliLog(io, settings.verbose);
  return readJobPlan(plan, app.engine, { ...settings, log, asks: cliAsks(io) }, io.interrupted);
}
