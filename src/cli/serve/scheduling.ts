import { prepareJob } from '../../app/jobs';
import { readScheduledJobs } from '../../app/scheduledJobs';
import { describeNotice, type ScheduledJob, type ScheduleNotice } from '../../app/scheduleNotice';
import { Scheduler } from '../../app/scheduler';
import { unattendedFrontend } from '../../app/unattendedFrontend';
import { SidebandError, toSidebandError } from '../../base/errors';
import { formatProblem } from '../../base/problem';
import { zoneOf } from '../../jobs/schedule/cron';
import { formatDue } from '../../jobs/schedule/dueText';
import type { JobPlan } from '../../jobs/planning/jobPlan';
import { countComputers, sayEnd } from './runLines';
import type { ServeContext, Service } from './service';

/** Runs the folder’s jobs by their schedules. */
export async function startScheduling(context: ServeContext): Promise<Service> {
  const { host, lines } = context;
  const { app } = host;
  const scheduler = new Scheduler<ScheduledJob>({
    folder: app.folder,
    schedules: app.ledger.schedules,
    run: (job, dueAt) => runDue(job, dueAt, context),
    tell: (notice) => {
      lines.say(describeNotice(notice), noticeEvent(notice));
    },
  });
  const reload = async (): Promise<void> => {
    try {
      const { jobs, problems } = await readScheduledJobs(app.folder, app.engine);
      scheduler.reload(jobs);
      lines.mistakes(problems);
      sayUpcoming(scheduler, context);
    } catch (thrown) {
      const { code, message } = toSidebandError(thrown);
      lines.say(message, { event: 'notice', kind: 'failed', code, message });
    }
  };
  await reload();
  return {
    reload,
    underWay: () =>
      scheduler.running === 0 ? undefined : `${scheduler.running} run${scheduler.running === 1 ? '' : 's'}`,
    [Symbol.asyncDispose]: () => scheduler[Symbol.asyncDispose](),
  };
}

function sayUpcoming(scheduler: Scheduler<ScheduledJob>, { lines, host: { app } }: ServeContext): void {
  const upcoming = scheduler.upcoming();
  if (upcoming.length === 0) {
    const message = `no job of ${app.folder} has a schedule`;
    lines.say(message, { event: 'notice', kind: 'empty', message });
  }
  for (const { job, at } of upcoming) {
    const { file, title, schedule } = job;
    lines.say(`${file} (${title}): next ${formatDue(schedule, at)}`, {
      event: 'watch',
      file,
      title,
      cron: schedule.cron,
      timezone: zoneOf(schedule),
      missed: schedule.missed,
      nextAt: at.toISOString(),
    });
  }
}

/** Reads the job again: what its file calls and whom its targets name may be other than when it was looked at. */
async function runDue({ file, title, schedule }: ScheduledJob, dueAt: Date, context: ServeContext): Promise<void> {
  const { host, stops, lines, log, settings } = context;
  const due = { file, title, dueAt: dueAt.toISOString() };
  const plan = await planDue(file, context);
  const options = {
    ...settings,
    dueAt: due.dueAt,
    onBegin: (run: string) => {
      const computers = plan.computers.length;
      const text = `${file} (${title}): run ${run} begins on ${countComputers(computers)}, due ${formatDue(schedule, dueAt)}`;
      lines.say(text, { event: 'begin', ...due, run, computers });
    },
  };
  sayEnd(lines, due, await host.runJob(plan, unattendedFrontend(log), options, stops));
}

async function planDue(file: string, { host: { app }, settings: { technology } }: ServeContext): Promise<JobPlan> {
  const prepared = await prepareJob(app, { file, inputs: {}, technology });
  if ('plan' in prepared) return prepared.plan;
  throw new SidebandError('file.invalid', prepared.problems.map(formatProblem).join('; '));
}

function noticeEvent(notice: ScheduleNotice) {
  const { kind, job } = notice;
  return {
    event: 'notice',
    kind,
    file: job.file,
    title: job.title,
    ...('dueAt' in notice && { dueAt: notice.dueAt.toISOString() }),
    ...('count' in notice && { count: notice.count }),
    ...('opensAt' in notice && { opensAt: notice.opensAt.toISOString() }),
    ...('error' in notice && { code: notice.error.code }),
    message: describeNotice(notice),
  } as const;
}
