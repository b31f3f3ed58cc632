import * as vscode from 'vscode';
import { isPossible } from '../../jobs/planning/jobDanger';
import type { JobPlan } from '../../jobs/planning/jobPlan';
import { formatJobPlanMarkdown } from '../../jobs/planning/jobPlanText';
import { comparePlans, storedPlan } from '../../jobs/planning/planFacts';
import { readJobPlan } from '../../jobs/planning/readJobPlan';
import type { PlanReview } from '../planAgreement';
import { editorAsks } from '../questions';
import type { Workbench } from '../workbench';
import { ensureJobPasswords } from './jobPasswords';
import type { JobWork } from './jobWork';

const { t } = vscode.l10n;

/** A job’s plan for its agreement. The ledger keeps what is shown, so that the command line can be told to run it, too. */
export function jobReview(
  { passwords, logs }: Pick<Workbench, 'passwords' | 'logs'>,
  { session, title, plan }: JobWork,
): PlanReview<JobPlan> {
  return {
    title,
    read: async (onProgress, signal) => {
      const known = await plan();
      const { computers } = known;
      await ensureJobPasswords(passwords, computers, signal);
      const { engine } = session.app;
      const asks = editorAsks(computers.length);
      const read = await readJobPlan(known, engine, { log: logs, asks, onProgress }, signal);
      signal.throwIfAborted();
      await engine.ledger.keepPlan(storedPlan(read));
      return read;
    },
    format: formatJobPlanMarkdown,
    summarize: ({ computers, refusals }) => {
      const count = t('{0} of {1} computers', computers.filter(isPossible).length, computers.length);
      const [refusal] = refusals;
      return refusal ? t('{0}, refused by {1}: {2}', count, refusal.rule, refusal.message) : count;
    },
    mayRun: ({ computers, refusals }) => refusals.length === 0 && computers.some(isPossible),
    offersHash: true,
    compare: (was, is) => comparePlans(storedPlan(was), is),
  };
}
