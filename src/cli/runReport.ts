import { type Plan, readPlan } from '../jobs/plan';
import { runPlan, type RunReport } from '../jobs/run';
import type { App } from '../app/app';
import { cliAsks } from './cliAsks';
import { cliFrontend } from './cliFrontend';
import type { Invocation } from './command';
import { type ExitCode, exitCodes } from '../base/exitCodes';
import { cliLog } from './openApp';
import { formatPlan, planToJson } from './planText';
import { ResultPrinter } from '../jobs/resultPrinter';

/** Reads the plan's present states and prints it; nothing is done. */
export async function printPlan(plan: Plan, app: App, { settings, io }: Invocation): Promise<ExitCode> {
  const log = cliLog(io, settings.verbose);
  const read = await readPlan(plan, app.engine, { ...settings, log, asks: cliAsks(io) }, io.interrupted);
  if (io.interrupted.aborted) return exitCodes.cancelled;
  io.out(settings.json ? toJson(planToJson(read)) : formatPlan(read));
  return read.refusals.length > 0 ? exitCodes.refused : exitCodes.done;
}

/** Runs the plan and prints what became of each computer. */
export async function printRun(plan: Plan, app: App, invocation: Invocation, rerunOf?: string): Promise<ExitCode> {
  const { settings, io } = invocation;
  const names = plan.entries.map(({ computer }) => computer.name);
  const printer = settings.json ? undefined : new ResultPrinter(io, names);
  const options = {
    ...settings,
    ...(rerunOf !== undefined && { rerunOf }),
    onResult: (result: RunReport['results'][number]) => printer?.row(result),
  };
  const report = await runPlan(plan, app.engine, cliFrontend(invocation, printer), options, io.interrupted);
  if (settings.json) io.out(toJson(runToJson(report)));
  printer?.end(report.results, report.runId);
  if (report.cancelled) return exitCodes.cancelled;
  return report.results.every(({ ok }) => ok) ? exitCodes.done : exitCodes.failed;
}

export function toJson(document: unknown): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function runToJson({ operation, runId, startedAt, durationMs, results }: RunReport): object {
  return { operation, ...(runId !== undefined && { run: runId }), startedAt, durationMs, results };
}
