import * as vscode from 'vscode';
import type { App } from '../../app/app';
import { prepareJob } from '../../app/jobs';
import { readScheduledJobs } from '../../app/scheduledJobs';
import { describeNotice, type ScheduledJob, type ScheduleNotice } from '../../app/scheduleNotice';
import { type Clock, Scheduler } from '../../app/scheduler';
import { unattendedFrontend } from '../../app/unattendedFrontend';
import { SidebandError, toSidebandError } from '../../base/errors';
import type { Log } from '../../base/log';
import { formatProblem } from '../../base/problem';
import type { JobReport } from '../../jobs/running/jobReport';
import { runJob } from '../../jobs/running/runJob';
import type { LiveRuns } from './liveRuns';
import { runInWindow } from './runInWindow';

/** Whether this window runs the schedules of a folder. `none`: there are none. */
export type Scheduling = 'none' | 'on' | 'off' | 'untrusted';

/** Who is told what comes of schedules. */
export interface ScheduleAudience {
  begin(id: string, title: string): void;
  /** Without a report it came to no end, as when the window closes. */
  end(id: string, report: JobReport | undefined): void;
  /** A due time has come to nothing although it should not. */
  fail(message: string): void;
}

export interface JobSchedulesOptions {
  readonly app: Pick<App, 'folder' | 'engine' | 'ledger' | 'select'>;
  readonly log: Log;
  readonly liveRuns: LiveRuns;
  readonly audience: ScheduleAudience;
  /** Tests bring their own. */
  readonly clock?: Clock;
}

/** Runs the jobs of a folder by their schedules while the window is open, unless that is switched off or the folder is not trusted. */
export class JobSchedules implements AsyncDisposable {
  readonly #options: JobSchedulesOptions;
  #scheduler: Scheduler<ScheduledJob> | undefined;
  #scheduling: Scheduling = 'none';

  constructor(options: JobSchedulesOptions) {
    this.#options = options;
  }

  get scheduling(): Scheduling {
    return this.#scheduling;
  }

  /** Reads the folder’s jobs, the setting and the trust again. Never rejects: what cannot be read stays in force. */
  async reload(): Promise<void> {
    const { app, log } = this.#options;
    try {
      const { jobs } = await readScheduledJobs(app.folder, app.engine);
      this.#scheduling = jobs.length === 0 ? 'none' : allowed();
      if (this.#scheduling === 'on') this.#watch(jobs);
      else this.#rest();
    } catch (thrown) {
      log.warn(`schedules: ${toSidebandError(thrown).message}`);
    }
  }

  /** Begins nothing else, and waits for what is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#scheduler?.[Symbol.asyncDispose]();
  }

  #watch(jobs: readonly ScheduledJob[]): void {
    const { app, clock } = this.#options;
    this.#scheduler ??= new Scheduler({
      folder: app.folder,
      schedules: app.ledger.schedules,
      run: (job, dueAt) => this.#run(job, dueAt),
      tell: (notice) => {
        this.#tell(notice);
      },
      ...(clock && { clock }),
    });
    this.#scheduler.reload(jobs);
  }

  /** Runs under way go on. */
  #rest(): void {
    void this.#scheduler?.[Symbol.asyncDispose]();
    this.#scheduler = undefined;
  }

  /** Reads the job again: what its file calls and whom its targets name may be other than when it was looked at. */
  async #run({ file, title }: ScheduledJob, dueAt: Date): Promise<void> {
    const { app, log, liveRuns, audience } = this.#options;
    const prepared = await prepareJob(app, { file, inputs: {} });
    if ('problems' in prepared) {
      throw new SidebandError('file.invalid', prepared.problems.map(formatProblem).join('; '));
    }
    let begun: string | undefined;
    let report: JobReport | undefined;
    const onBegin = (id: string): void => {
      begun = id;
      log.info(`${file}: run ${id} begins by schedule`);
      audience.begin(id, title);
    };
    try {
      report = await runInWindow({ title, engine: app.engine, liveRuns, onBegin }, ({ engine, stops, ...run }) => {
        const options = { dueAt: dueAt.toISOString(), onBegin: run.onBegin };
        return runJob(prepared.plan, engine, unattendedFrontend(log), options, stops);
      });
    } finally {
      if (begun !== undefined) audience.end(begun, report);
    }
  }

  #tell(notice: ScheduleNotice): void {
    const message = describeNotice(notice);
    this.#options.log.warn(message);
    if (notice.kind === 'failed') this.#options.audience.fail(message);
  }
}

function allowed(): Scheduling {
  if (!vscode.workspace.isTrusted) return 'untrusted';
  return vscode.workspace.getConfiguration('sideband').get<string>('schedules', 'on') === 'off' ? 'off' : 'on';
}
