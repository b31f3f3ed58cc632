import { jobWorldOf, readJob } from '../../app/jobFiles';
import { describeProblems, findJobFile } from '../../app/jobNames';
import { prepareJob } from '../../app/jobs';
import { SidebandError } from '../../base/errors';
import type { Frontend } from '../../base/frontend';
import { type ExitCode, exitCodes } from '../../base/exitCodes';
import { printable } from '../../base/printable';
import type { Problem } from '../../base/problem';
import type { JobPlan } from '../../jobs/planning/jobPlan';
import { formatJobPlan } from '../../jobs/planning/jobPlanText';
import { storedPlan } from '../../jobs/planning/planFacts';
import { readJobPlan } from '../../jobs/planning/readJobPlan';
import { ResultPrinter, type ResultTerminal } from '../../jobs/resultPrinter';
import { runJob } from '../../jobs/running/runJob';
import { editorFrontend } from '../editorFrontend';
import type { FolderSession } from '../folderSession';
import { editorAsks } from '../questions';
import type { Workbench } from '../workbench';
import { ensureJobPasswords } from './jobPasswords';
import type { JobTask } from './jobTask';
import { runInWindow } from './runInWindow';

/** What a task is done with. */
export interface TaskContext {
  readonly workbench: Pick<Workbench, 'assertTrusted' | 'liveRuns' | 'logs' | 'passwords' | 'runs'>;
  readonly session: FolderSession;
  readonly terminal: ResultTerminal;
  /** Ends with the first wish that it ends. */
  readonly signal: AbortSignal;
  /** A run is recorded. */
  readonly onBegin: (id: string) => void;
}

/** Does what a task says and prints it, with the exit code of the command line. Rejects as that does. */
export async function doJobTask(task: JobTask, context: TaskContext): Promise<ExitCode> {
  const { workbench, session } = context;
  const { folder } = session.app;
  const file = await findJobFile(task.job, folder, folder);
  if (task.action === 'check') return check(file, context);
  if (!workbench.assertTrusted()) {
    throw new SidebandError('policy.refused', 'no computer is contacted before the folder is trusted');
  }
  const prepared = await prepareJob(session.app, { file, inputs: task.inputs, targets: task.targets });
  if ('problems' in prepared) return printMistakes(prepared.problems, context);
  await ensureJobPasswords(workbench.passwords, prepared.plan.computers, context.signal);
  return task.action === 'plan' ? plan(prepared.plan, context) : run(prepared.plan, context);
}

async function check(file: string, context: TaskContext): Promise<ExitCode> {
  const { folder, engine } = context.session.app;
  const { problems } = await readJob(folder, file, jobWorldOf(engine));
  if (problems.length > 0) return printMistakes(problems, context);
  context.terminal.err('the job holds\n');
  return exitCodes.done;
}

function printMistakes(problems: readonly Problem[], { session, terminal }: TaskContext): ExitCode {
  for (const line of describeProblems(problems, session.app.folder)) terminal.out(`${printable(line)}\n`);
  return exitCodes.usage;
}

async function plan(planned: JobPlan, { workbench, session, terminal, signal }: TaskContext): Promise<ExitCode> {
  const options = { log: workbench.logs, asks: editorAsks(planned.computers.length) };
  const read = await readJobPlan(planned, session.app.engine, options, signal);
  if (signal.aborted) return exitCodes.cancelled;
  await session.app.ledger.keepPlan(storedPlan(read));
  terminal.out(formatJobPlan(read));
  return read.refusals.length > 0 ? exitCodes.refused : exitCodes.done;
}

async function run(
  planned: JobPlan,
  { workbench, session, terminal, signal, onBegin }: TaskContext,
): Promise<ExitCode> {
  const { liveRuns, logs: log, runs } = workbench;
  const { engine } = session.app;
  const names = planned.computers.map(({ computer }) => computer.name);
  const printer = new ResultPrinter(terminal, names);
  const notification = { report: () => undefined };
  const frontend: Frontend = {
    ...editorFrontend({ log, notification, change: '', computers: names.length }),
    progress: (progress) => {
      printer.progress(progress);
    },
  };
  const report = await runInWindow(
    {
      title: planned.job.name,
      engine,
      liveRuns,
      signal,
      onBegin: (id) => {
        terminal.err(`run ${id}\n`);
        onBegin(id);
      },
    },
    ({ engine: own, stops, onBegin: begin }) => {
      const onResult = (result: Parameters<ResultPrinter['row']>[0]): void => {
        printer.row(result);
        runs.progress();
      };
      return runJob(planned, own, frontend, { onBegin: begin, onResult }, stops);
    },
  );
  printer.end(report.results, report.runId);
  if (report.halted !== undefined) terminal.err(`stopped early: ${printable(report.halted)}\n`);
  if (report.cancelled) return exitCodes.cancelled;
  return report.results.every(({ ok }) => ok) ? exitCodes.done : exitCodes.failed;
}
