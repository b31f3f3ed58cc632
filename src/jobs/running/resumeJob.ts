import { SidebandError } from '../../base/errors';
import type { Frontend } from '../../base/frontend';
import type { Computer } from '../../fleet/computer';
import type { Engine } from '../engine';
import type { RecordedResult, RecordedStep, RunChanges, RunRecord } from '../ledger';
import type { ComputerPlan } from '../planning/jobPlan';
import { planJob } from '../planning/planJob';
import { waveSizes } from '../planning/waves';
import type { CompiledJob } from '../program/program';
import type { ComputerResult } from '../result';
import { stepHeaders } from './jobHeader';
import type { JobReport, Stops } from './jobReport';
import type { Entry } from './jobRun';
import { assertAgreed, type BegunRun, carryOut, type ResumeJobOptions } from './runJob';
import { ended, interruption } from './stepResults';

/** A run whose process died, with what its recorded texts and names mean today. */
export interface Interrupted {
  readonly record: RunRecord;
  readonly compiled: CompiledJob;
  /** Those of the record that the fleet still has. */
  readonly computers: readonly Computer[];
}

/**
 * Goes on with a run whose process died. Throws before anything is done as `runJob` does, and `run.busy` while that process lives,
 * `run.ended` when nothing is left of it.
 */
export async function resumeJob(
  interrupted: Interrupted,
  engine: Engine,
  frontend: Frontend,
  options: ResumeJobOptions,
  stops: Stops,
): Promise<JobReport> {
  return carryOut(await takeOverJob(interrupted, engine, frontend, stops), engine, frontend, options, stops);
}

/** Asks, and makes this process the one that has the run. Throws as `resumeJob` does. */
export async function takeOverJob(
  { record, compiled, computers }: Interrupted,
  engine: Engine,
  frontend: Frontend,
  stops: Stops,
): Promise<BegunRun> {
  assertInterrupted(record);
  assertSameSteps(record, compiled);
  const { id, targets, results } = record;
  const mayGoOn = new Set(results.filter(mayBeOpen).map(({ computer }) => computer));
  const hosts = hostsOf(record);
  const open = computers.filter(({ name, host }) => mayGoOn.has(name) && (hosts.get(name) ?? host) === host);
  const plan = planJob(compiled, { computers: open, targets, technology: record.job?.technology }, engine);
  await assertAgreed(plan, engine, frontend, stops);

  const writer = await engine.ledger.resume(id);
  const found = await engine.ledger.changes(id, 0);
  if (!found) throw new SidebandError('run.ended', `the run ${id} is not recorded any more`);
  const entries = toEntries(found, plan.computers);
  for (const result of newlyEnded(entries, found)) await writer.close(result);
  const waves = waveSizes(compiled.job.strategy.waves, entries.length);
  const startedAt = new Date(record.startedAt);
  return { plan, entries, waves, startedAt, writer, concurrency: record.job?.concurrency };
}

function assertInterrupted({ id, state }: RunRecord): void {
  if (state === 'running') throw new SidebandError('run.busy', `the run ${id} still goes on`);
  if (state !== 'interrupted') throw new SidebandError('run.ended', `the run ${id} has ended`);
}

/** Throws `plan.changed` when the recorded texts do not mean the same steps any more, as after an update. */
export function assertSameSteps({ id, job }: Pick<RunRecord, 'id' | 'job'>, { program }: CompiledJob): void {
  const is = JSON.stringify(stepHeaders(program).map(({ id: step, uses }) => [step, uses]));
  const was = JSON.stringify(job?.steps.map(({ id: step, uses }) => [step, uses]));
  if (is !== was)
    throw new SidebandError('plan.changed', `the steps of run ${id} are not those that it was begun with`);
}

/** Where its computers were when it began: another one under the same name has not gone half the way. */
function hostsOf({ results, job }: RunRecord): ReadonlyMap<string, string> {
  return new Map(job?.hosts?.map((host, at) => [results[at]?.computer ?? '', host]));
}

/** Before a run is taken over, what had begun is shown as unknown, and only its error tells. */
function mayBeOpen({ outcome, error }: RecordedResult): boolean {
  return outcome === 'not-begun' || outcome === 'running' || error?.code === 'run.interrupted';
}

function toEntries(found: RunChanges, plans: readonly ComputerPlan[]): readonly Entry[] {
  const byName = new Map(plans.map((plan) => [plan.computer.name, plan]));
  const records = Map.groupBy(found.steps, ({ computer }) => computer);
  return found.results.map((result): Entry => {
    if (hasEnded(result)) return { ended: result };
    const plan = byName.get(result.computer);
    const own = records.get(result.computer) ?? [];
    return plan ? { computer: plan.computer, records: own, planned: plan.steps } : { ended: gone(result, own) };
  });
}

/** Those of whom nobody has recorded yet that they are gone. */
function newlyEnded(entries: readonly Entry[], { results }: RunChanges): readonly ComputerResult[] {
  return entries.flatMap((entry, at) => {
    const result = results[at];
    return 'ended' in entry && result && !hasEnded(result) ? [entry.ended] : [];
  });
}

function hasEnded(result: RecordedResult): result is ComputerResult {
  return result.outcome !== 'running' && result.outcome !== 'not-begun';
}

/** What becomes of a computer that the fleet has no more. */
function gone({ computer }: RecordedResult, records: readonly RecordedStep[]): ComputerResult {
  if (records.some(({ outcome }) => outcome === 'running')) return ended(computer, 'unknown', interruption());
  const error = new SidebandError('targets.none', `${computer} is not in the fleet any more, or at another address`);
  return ended(computer, 'skipped', error);
}
