import { runPool } from '../../base/pool';
import type { Computer } from '../../fleet/computer';
import { type Engine, sweepLimits } from '../engine';
import { LoginGuard } from '../loginGuard';
import type { ReadPlanOptions } from '../plan';
import { evaluateCondition } from '../program/facts';
import { whileWaiting } from '../whileWaiting';
import { foresee } from './foresee';
import type { ComputerPlan, JobPlan, StepPlan } from './jobPlan';
import { describeFalse, leftOut } from './leftOut';
import { withJobHash } from './planHash';
import { planRefusals } from './refusals';
import { isReadable, readSteps } from './readSteps';

/** Reads from every computer what the job changes and what it lacks, and plans again with that. */
export async function readJobPlan(
  plan: JobPlan,
  engine: Engine,
  options: ReadPlanOptions,
  signal: AbortSignal,
): Promise<JobPlan> {
  const { strategy } = plan.job;
  const limits = sweepLimits(engine, options);
  const perSite = strategy.perSite ?? limits.perSite;
  const concurrency = options.concurrency ?? strategy.concurrency ?? limits.concurrency;
  const { timeoutMs } = limits;
  const { log, asks } = options;
  const guard = new LoginGuard();
  const readable = plan.computers.filter(({ steps }) => steps.some(isReadable));
  const read = new Map<Computer, readonly StepPlan[]>();
  let failed = 0;
  const pool = { concurrency, whileWaiting, perKey: { limit: perSite, key: siteOf } };
  await runPool(readable, pool, async (own, { release: onSilence }) => {
    const steps = await readSteps(own, { engine, log, guard, timeoutMs, asks, onSilence, signal });
    read.set(own.computer, steps);
    if (steps.some(({ unread }) => unread !== undefined)) failed++;
    options.onProgress?.({ done: read.size, failed, total: readable.length });
  });
  const computers = plan.computers.map((own) => again(plan, own, read.get(own.computer) ?? own.steps));
  return withJobHash({ ...plan, computers, refusals: planRefusals(plan, computers, engine) });
}

function siteOf({ computer }: ComputerPlan): string {
  return computer.site;
}

/** What was read can make more steps impossible, and leaves out those that need them. */
function again({ program, source }: JobPlan, { computer }: ComputerPlan, read: readonly StepPlan[]): ComputerPlan {
  const known = { computer, inputs: source.inputs };
  const steps = foresee(program, known, (step, facts) => {
    const condition = evaluateCondition(step, facts);
    return (condition === false ? undefined : read[step.index]) ?? leftOut(step, describeFalse(step, facts));
  });
  return { computer, steps };
}
