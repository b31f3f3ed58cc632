import type { Problem } from '../base/problem';
import { SidebandError } from '../base/errors';
import { bindInputs } from '../jobs/file/inputs';
import type { Ledger, RecordedJob, RunRecord } from '../jobs/ledger';
import type { JobPlan } from '../jobs/planning/jobPlan';
import { planJob } from '../jobs/planning/planJob';
import { resolveTargets } from '../jobs/program/facts';
import type { CompiledJob } from '../jobs/program/program';
import { selectJobForRerun } from '../jobs/rerun';
import type { Interrupted } from '../jobs/running/resumeJob';
import type { App } from './app';
import { compileSource, jobWorldOf, readJob } from './jobFiles';

export interface JobRequest {
  /** Relative to the folder, or absolute. */
  readonly file: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** In place of those of the file. */
  readonly targets?: string | undefined;
  /** Only ways of this technology. */
  readonly technology?: string | undefined;
}

/** A job's plan from what is known, or the mistakes of its files. */
export type PreparedJob = { readonly plan: JobPlan } | { readonly problems: readonly Problem[] };

/** Reads a job's file and plans it. Contacts nobody. Throws for inputs and targets, and `file.missing`. */
export async function prepareJob(
  app: Pick<App, 'folder' | 'engine' | 'select'>,
  request: JobRequest,
): Promise<PreparedJob> {
  const { compiled, texts, file, problems } = await readJob(app.folder, request.file, jobWorldOf(app.engine));
  if (!compiled) return { problems };
  const inputs = bindInputs(compiled.job, request.inputs);
  const targets = request.targets ?? resolveTargets(compiled.job, inputs);
  const { technology } = request;
  const job = { ...compiled, source: { file, texts, inputs } };
  return { plan: planJob(job, { computers: app.select(targets), targets, technology }, app.engine) };
}

export interface PreparedRerun {
  readonly plan: JobPlan;
  /** Who is not done again, and why. */
  readonly left: readonly { readonly computer: string; readonly reason: string }[];
}

/** Plans a recorded run of a job again for the computers that did not succeed. Throws `targets.none` when there are none. */
export async function prepareRerun(
  app: App,
  record: RunRecord & { readonly job: RecordedJob },
  {
    technology = record.job.technology,
    ledger = app.ledger,
  }: { readonly technology?: string | undefined; readonly ledger?: Ledger } = {},
): Promise<PreparedRerun> {
  const compiled = compileSource(record.job.source, jobWorldOf(app.engine));
  const { steps } = (await ledger.changes(record.id, 0)) ?? { steps: [] };
  const { rerun, left } = selectJobForRerun(record, compiled.program, steps);
  const { computers, targets, gone } = app.recall(rerun, record.targets);
  const reason = 'it is not in the fleet any more';
  const all = [...left, ...gone.map((computer) => ({ computer, reason }))];
  if (computers.length === 0) {
    const why = all.map(({ computer, reason: what }) => `${computer}: ${what}`).join('; ');
    throw new SidebandError('targets.none', `run ${record.id} leaves nothing to do again${why && ` (${why})`}`);
  }
  return { plan: planJob(compiled, { computers, targets, technology }, app.engine), left: all };
}

/** What an interrupted run of a job means today. Throws `file.invalid` when its texts do not hold any more. */
export function prepareResume(app: App, record: RunRecord & { readonly job: RecordedJob }): Interrupted {
  const compiled: CompiledJob = compileSource(record.job.source, jobWorldOf(app.engine));
  const names = record.results.map(({ computer }) => computer);
  return { record, compiled, computers: app.recall(names, record.targets).computers };
}

/** Throws `usage.invalid` for a run of a single operation. */
export function assertJobRun(record: RunRecord): asserts record is RunRecord & { readonly job: RecordedJob } {
  if (!record.job) throw new SidebandError('usage.invalid', `run ${record.id} is of one operation, not of a job`);
}
