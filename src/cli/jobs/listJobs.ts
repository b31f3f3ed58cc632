import { jobWorldOf, listJobFiles, readJob } from '../../app/jobFiles';
import { formatTable } from '../../base/textTable';
import type { App } from '../../app/app';
import { nextDue, zoneOf } from '../../jobs/schedule/cron';
import type { Invocation } from '../command';
import { type ExitCode, exitCodes } from '../../base/exitCodes';
import { printable } from '../../base/printable';
import { openJobHost } from './jobHost';
import { toJson } from '../runReport';

interface ListedJob {
  readonly file: string;
  readonly name?: string;
  readonly schedule?: string;
  /** ISO 8601. */
  readonly next?: string;
  readonly lastRun?: { readonly id: string; readonly startedAt: string; readonly state: string };
  readonly mistakes: number;
}

/** Prints the jobs of the folder, when each is due, and how its last run ended. */
export async function listJobs(invocation: Invocation): Promise<ExitCode> {
  const { settings, io } = invocation;
  await using host = await openJobHost(invocation);
  const { app } = host;
  const files = await listJobFiles(app.folder);
  const jobs: ListedJob[] = [];
  for (const file of files) jobs.push(await look(app, file));
  if (settings.json) io.out(toJson({ jobs }));
  else if (jobs.length === 0) io.err('this folder has no .sideband/jobs\n');
  else io.out(formatTable(jobs.map(toRow), ['FILE', 'NAME', 'SCHEDULE', 'NEXT', 'LAST RUN']));
  return exitCodes.done;
}

async function look(app: App, file: string): Promise<ListedJob> {
  const { compiled, problems } = await readJob(app.folder, file, jobWorldOf(app.engine));
  const [last] = await app.ledger.runs({ folder: app.folder, subject: file, limit: 1 });
  const lastRun = last && { id: last.id, startedAt: last.startedAt, state: last.state };
  const schedule = compiled?.job.schedule;
  const next = schedule && nextDue(schedule, new Date());
  return {
    file,
    ...(compiled && { name: compiled.job.name }),
    ...(schedule && { schedule: `${schedule.cron} ${zoneOf(schedule)}` }),
    ...(next && { next: next.toISOString() }),
    ...(lastRun && { lastRun }),
    mistakes: problems.length,
  };
}

function toRow({ file, name, schedule = '', next = '', lastRun, mistakes }: ListedJob): readonly string[] {
  const last = lastRun ? `${lastRun.id} ${lastRun.state}` : '';
  const what = name ?? `${mistakes} mistake${mistakes === 1 ? '' : 's'}: sideband job check`;
  return [file, what, schedule, next, last].map(printable);
}
