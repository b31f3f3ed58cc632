import { SidebandError } from '../base/errors';
import type { Frontend } from '../base/frontend';
import type { Engine } from '../jobs/engine';
import type { JobPlan } from '../jobs/planning/jobPlan';
import type { JobReport, Stops } from '../jobs/running/jobReport';
import { type Interrupted, takeOverJob } from '../jobs/running/resumeJob';
import { beginJob, type BegunRun, carryOut, type ResumeJobOptions, type RunJobOptions } from '../jobs/running/runJob';
import { Dispatcher } from './dispatcher';
import { Elsewhere } from './elsewhere';
import type { PostgresLedger } from './postgresLedger';
import { setLimits } from './runControl';
import { PostgresRunWriter } from './runWriter';
import { SiteQueues } from './siteQueues';

/** An engine whose ledger workers share. */
export interface CoordinatingEngine extends Engine {
  readonly ledger: PostgresLedger;
}

/**
 * As `runJob`, but the workers of the computers' sites do what is to be done; this process goes through the waves, counts the failures and
 * ends the run. Throws as `runJob` does.
 */
export async function coordinateJob(
  plan: JobPlan,
  engine: CoordinatingEngine,
  frontend: Frontend,
  options: RunJobOptions,
  stops: Stops,
): Promise<JobReport> {
  await using queues = await SiteQueues.open(engine.ledger.database, frontend.log);
  const begun = await beginJob(plan, engine, frontend, options, stops);
  return await carryOutElsewhere({ begun, queues, isResumed: false }, engine, frontend, options, stops);
}

/** As `resumeJob`, likewise: what workers have meanwhile gone on with stays theirs. */
export async function coordinateResumed(
  interrupted: Interrupted,
  engine: CoordinatingEngine,
  frontend: Frontend,
  options: ResumeJobOptions,
  stops: Stops,
): Promise<JobReport> {
  await using queues = await SiteQueues.open(engine.ledger.database, frontend.log);
  const begun = await takeOverJob(interrupted, engine, frontend, stops);
  return await carryOutElsewhere({ begun, queues, isResumed: true }, engine, frontend, options, stops);
}

async function carryOutElsewhere(
  { begun, queues, isResumed }: { begun: BegunRun; queues: SiteQueues; isResumed: boolean },
  engine: CoordinatingEngine,
  frontend: Frontend,
  options: ResumeJobOptions,
  stops: Stops,
): Promise<JobReport> {
  const { writer, plan } = begun;
  if (!(writer instanceof PostgresRunWriter)) throw new SidebandError('internal.bug', 'the run is in another ledger');
  const { database } = engine.ledger;
  const { perSite = engine.fleet.limits.perSite } = plan.job.strategy;
  const limits = {
    ...(Number.isFinite(perSite) && { perSite }),
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
    ...(plan.technology !== undefined && { technology: plan.technology }),
  };
  await database.patiently(() => database.transaction((transaction) => setLimits(transaction, writer, limits)));
  const dispatcher = new Dispatcher({ database, queues, writer, perSite: limits.perSite, isResumed });
  await using elsewhere = new Elsewhere({ database, writer, dispatcher, log: frontend.log });
  const take: BegunRun['take'] = (task, how) => elsewhere.take(task, how);
  return await carryOut({ ...begun, take }, engine, frontend, options, stops);
}
