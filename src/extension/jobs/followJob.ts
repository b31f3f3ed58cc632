import * as vscode from 'vscode';
import type { Frontend } from '../../base/frontend';
import type { Engine } from '../../jobs/engine';
import type { JobReport, Stops } from '../../jobs/running/jobReport';
import type { ResumeJobOptions } from '../../jobs/running/runJob';
import { editorFrontend } from '../editorFrontend';
import { showFailure } from '../failure';
import { openRunBeside } from '../panels/openRun';
import { toSignal } from '../signal';
import type { Workbench } from '../workbench';
import { tellJobReport } from './tellJobReport';
import { runInWindow } from './runInWindow';

export interface FollowOptions {
  readonly title: string;
  readonly engine: Engine;
  /** How many computers the run is about. */
  readonly computers: number;
  /** Offers to show the plan instead; then nothing is done, and this is called. */
  readonly onShowPlan?: (() => void) | undefined;
  /** What is done before, while the notification is there already. */
  readonly prepare: (signal: AbortSignal) => Promise<void>;
}

/** What `runJob` and `resumeJob` need. */
export interface FollowedRun {
  readonly engine: Engine;
  readonly frontend: Frontend;
  readonly options: ResumeJobOptions;
  readonly stops: Stops;
}

/** Runs or resumes a job where the user sees it: a notification that can cancel it, and its page as soon as it is recorded. */
export function followJob(
  workbench: Workbench,
  { title, engine, computers, onShowPlan, prepare }: FollowOptions,
  work: (run: FollowedRun) => Promise<JobReport>,
): Promise<JobReport> {
  const { logs: log, liveRuns, runs } = workbench;
  const shown = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const onResult = (): void => {
    runs.progress();
  };
  const show = (id: string): void => {
    runs.refresh();
    void openRunBeside(workbench, id);
  };
  return Promise.resolve(
    vscode.window.withProgress(shown, async (notification, token) => {
      const signal = toSignal(token);
      await prepare(signal);
      signal.throwIfAborted();
      const frontend = editorFrontend({ log, notification, change: '', computers, onShowPlan });
      return runInWindow({ title, engine, liveRuns, signal, onBegin: show }, ({ onBegin, ...run }) =>
        work({ ...run, frontend, options: { onResult, onBegin } }),
      );
    }),
  );
}

/** Does some work that ends in a run, and says what came of it. What stands against it is shown, not thrown. */
export async function tellWhatCame(workbench: Workbench, title: string, work: () => Promise<JobReport>): Promise<void> {
  try {
    const report = await work();
    workbench.runs.refresh();
    void tellJobReport(workbench, report);
  } catch (thrown) {
    showFailure(workbench, title, thrown);
  }
}
