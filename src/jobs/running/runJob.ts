import { SidebandError, toSidebandError } from '../../base/errors';
import type { Frontend } from '../../base/frontend';
import { type Engine, sweepLimits, type SweepLimits } from '../engine';
import type { RunWriter } from '../ledger';
import { LoginGuard } from '../loginGuard';
import { assertAllowed } from '../plan';
import { jobQuestion } from '../planning/jobDanger';
import type { JobPlan } from '../planning/jobPlan';
import { planRefusals } from '../planning/refusals';
import type { ComputerResult } from '../result';
import { jobHeader } from './jobHeader';
import type { JobReport, Stops } from './jobReport';
import { type Entry, JobRun, type TakeElsewhere } from './jobRun';

export interface ResumeJobOptions extends SweepLimits {
  /** Called as each computer ends. */
  readonly onResult?: (result: ComputerResult) => void;
  /** Called with the run’s id once it is recorded, before anything is done. */
  readonly onBegin?: (runId: string) => void;
}

export interface RunJobOptions extends ResumeJobOptions {
  /** The run that this one repeats in part. */
  readonly rerunOf?: string;
  /** The due time that it was begun for, in ISO 8601. */
  readonly dueAt?: string;
}

/**
 * Does what a plan of a job says. Throws before anything is done: `policy.refused`, `run.cancelled` when the question is answered with
 * no, `ledger.unavailable`. From then on every computer has its own outcome.
 */
export async function runJob(
  plan: JobPlan,
  engine: Engine,
  frontend: Frontend,
  options: RunJobOptions,
  stops: Stops,
): Promise<JobReport> {
  return carryOut(await beginJob(plan, engine, frontend, options, stops), engine, frontend, options, stops);
}

/** Asks, and records what is about to be done. Throws as `runJob` does. */
export async function beginJob(
  plan: JobPlan,
  engine: Engine,
  frontend: Frontend,
  options: RunJobOptions,
  stops: Stops,
): Promise<BegunRun> {
  await assertAgreed(plan, engine, frontend, stops);
  const startedAt = new Date();
  const writer = await engine.ledger.begin(jobHeader(plan, engine, options));
  const { waves } = plan;
  const entries = plan.computers.map(({ computer, steps }): Entry => ({ computer, records: [], planned: steps }));
  return { plan, entries, waves, startedAt, writer };
}

/** Throws `policy.refused`, and `run.cancelled` for a no. */
export async function assertAgreed(plan: JobPlan, engine: Engine, frontend: Frontend, stops: Stops): Promise<void> {
  assertAllowed(planRefusals(plan, plan.computers, engine));
  const question = jobQuestion(plan);
  if (question && !(await frontend.confirm(question, stops.windDown))) {
    throw new SidebandError('run.cancelled', `${plan.job.name} was not confirmed; nothing was done`);
  }
}

/** A run that is recorded as begun. */
export interface BegunRun {
  /** Of the computers that have not ended. */
  readonly plan: JobPlan;
  readonly entries: readonly Entry[];
  readonly waves: readonly number[];
  readonly startedAt: Date;
  readonly writer: RunWriter;
  /** What it was begun with, where no other limit is given. */
  readonly concurrency?: number | undefined;
  /** Absent: this process does all computers, within the limits of its fleet. */
  readonly take?: TakeElsewhere;
}

/** Takes all computers of a run to their ends, and ends it. */
export async function carryOut(
  { plan, entries, waves, startedAt, writer, take, concurrency: given }: BegunRun,
  engine: Engine,
  frontend: Frontend,
  options: ResumeJobOptions,
  stops: Stops,
): Promise<JobReport> {
  const begun = performance.now();
  options.onBegin?.(writer.id);
  const { job, program, source, technology, computers } = plan;
  const { strategy } = job;
  const { concurrency = given ?? strategy.concurrency } = options;
  const limits = sweepLimits(engine, { ...options, ...(concurrency !== undefined && { concurrency }) });
  const byName = new Map(computers.map((one) => [one.computer.name, one]));
  const run = new JobRun(
    {
      strategy,
      waves,
      entries,
      // Who does them elsewhere has limits of his own, and those of the sites hold over all runs.
      concurrency: take ? (concurrency ?? Infinity) : limits.concurrency,
      perSite: take ? Infinity : (strategy.perSite ?? limits.perSite),
      ageMs: Math.max(0, Date.now() - startedAt.getTime()),
      refusals: (wave) =>
        planRefusals(
          plan,
          wave.flatMap(({ computer }) => byName.get(computer.name) ?? []),
          engine,
        ),
      onResult: options.onResult,
      take,
    },
    {
      program,
      inputs: source.inputs,
      engine,
      frontend,
      writer,
      guard: new LoginGuard(),
      technology,
      timeoutMs: limits.timeoutMs,
    },
    stops,
  );
  const { results, halted, isRecorded } = await run.run();
  const cancelled = stops.windDown.aborted || stops.stop.aborted;
  try {
    // Computers without an outcome are those of a run that can be resumed.
    if (isRecorded) await writer.end(cancelled ? 'cancelled' : 'finished');
  } catch (thrown) {
    frontend.log.warn(`the run’s end was not recorded: ${toSidebandError(thrown).message}`);
  }
  return {
    runId: writer.id,
    title: job.name,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - begun),
    cancelled,
    ...(halted !== undefined && { halted }),
    results,
  };
}
