import * as vscode from 'vscode';
import { SidebandError } from '../../base/errors';
import { assertAllowed } from '../../jobs/plan';
import { isPossible, jobDanger } from '../../jobs/planning/jobDanger';
import type { JobPlan } from '../../jobs/planning/jobPlan';
import type { JobReport } from '../../jobs/running/jobReport';
import { runJob } from '../../jobs/running/runJob';
import { agreeOnPlan } from '../planAgreement';
import type { Workbench } from '../workbench';
import { followJob, tellWhatCame } from './followJob';
import { ensureJobPasswords } from './jobPasswords';
import { jobReview } from './jobReview';
import type { JobWork } from './jobWork';

const { t } = vscode.l10n;

/** Shows a job’s plan, and runs it once the user says yes. */
export function planAndRun(workbench: Workbench, work: JobWork): Promise<void> {
  return tellWhatCame(workbench, work.title, () => runAgreed(workbench, work));
}

/** Runs a job after one question, which may show the plan instead. */
export function askAndRun(workbench: Workbench, work: JobWork): Promise<void> {
  return tellWhatCame(workbench, work.title, async () => {
    let wantsPlan = false;
    const onShowPlan = (): void => {
      wantsPlan = true;
    };
    const plan = await work.plan();
    assertAllowed(plan.refusals);
    assertPossible(plan);
    const report = await run(workbench, work, { plan, onShowPlan }).catch((thrown: unknown) => {
      if (!wantsPlan) throw thrown;
    });
    return report ?? runAgreed(workbench, work);
  });
}

/** What cannot be undone is asked about even after its plan. */
async function runAgreed(workbench: Workbench, work: JobWork): Promise<JobReport> {
  const plan = await agreeOnPlan(workbench, jobReview(workbench, work));
  return run(workbench, work, { plan, isAgreed: jobDanger(plan) !== 'destructive' });
}

interface Performance {
  readonly plan: JobPlan;
  readonly onShowPlan?: () => void;
  /** Whether nobody is to be asked any more. */
  readonly isAgreed?: boolean;
}

function run(
  workbench: Workbench,
  { session, title, rerunOf }: JobWork,
  { plan, onShowPlan, isAgreed = false }: Performance,
): Promise<JobReport> {
  const { computers } = plan;
  return followJob(
    workbench,
    {
      title,
      engine: session.app.engine,
      computers: computers.length,
      onShowPlan,
      prepare: (signal) => ensureJobPasswords(workbench.passwords, computers, signal),
    },
    ({ engine, frontend, options, stops }) => {
      const asking = isAgreed ? { ...frontend, confirm: () => Promise.resolve(true) } : frontend;
      return runJob(plan, engine, asking, { ...options, ...(rerunOf !== undefined && { rerunOf }) }, stops);
    },
  );
}

/** Asking for a confirmation makes no sense when nothing can be done. */
function assertPossible({ computers }: JobPlan): void {
  if (computers.some(isPossible)) return;
  const why = computers.flatMap(({ steps }) => steps.flatMap(({ impossible }) => impossible ?? []));
  throw new SidebandError('operation.impossible', why[0] ?? t('no step of it can be done'));
}
