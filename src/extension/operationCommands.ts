import * as vscode from 'vscode';
import { SidebandError } from '../base/errors';
import type { Progress } from '../base/frontend';
import type { Computer } from '../fleet/computer';
import { builtInDefinitions } from '../fleet/definitions';
import { assertAllowed, type Plan, planOperation, readPlan } from '../jobs/plan';
import { formatPlanMarkdown } from '../jobs/planText';
import { selectForRerun } from '../jobs/rerun';
import { type RunReport, runPlan } from '../jobs/run';
import { operations } from '../operations';
import type { Operation } from '../operations/operation';
import { askParameters, type Parameters } from './askParameters';
import { editorFrontend } from './editorFrontend';
import { showFailure } from './failure';
import { rerunJob } from './jobs/rerunJob';
import { sayWhoIsLeft } from './leftOut';
import { bySession, pickComputers, type Selection } from './pickComputers';
import { agreeOnPlan, type PlanReview } from './planAgreement';
import { editorAsks } from './questions';
import { showReport } from './report';
import { toSignal } from './signal';
import type { Workbench } from './workbench';

const { t } = vscode.l10n;
const namedAtMost = 3;

interface Work extends Selection {
  readonly operation: Operation;
  readonly parameters: Parameters;
  /** The run that is repeated in part. */
  readonly rerunOf?: string;
}

/** Runs an operation from the tree or the palette: gather, ask, plan, confirm once, run, show. */
export async function runOperation(
  workbench: Workbench,
  id: string,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
): Promise<void> {
  const operation = operations.find((one) => one.id === id);
  if (!operation || !workbench.assertTrusted()) return;
  const selections = chosen
    ? bySession(workbench.sessions, chosen)
    : await pickComputers(workbench.sessions, operation.title, suggested);
  const [first] = selections ?? [];
  if (!selections || !first) return;
  const { definitions = builtInDefinitions, fleet } = first.session.app.engine;
  const parameters = await askParameters(operation, { definitions, profiles: fleet.profiles });
  if (!parameters) return;
  for (const selection of selections) await work(workbench, { ...selection, operation, parameters });
}

/** Does a run again on the computers that did not succeed; what may have happened is left alone where twice does harm. */
export async function rerunFailed(workbench: Workbench, id: string): Promise<void> {
  if (!workbench.assertTrusted()) return;
  for (const session of workbench.sessions) {
    const run = await session.app.ledger.run(id);
    if (run?.folder !== session.app.folder) continue;
    if (run.job) return rerunJob(workbench, session, run);
    const operation = operations.find((one) => one.id === run.subject);
    if (!operation) return;
    const { rerun, left } = selectForRerun(run, operation.repeatable);
    const { computers, gone } = session.app.recall(rerun, run.targets);
    const reason = t('not in the fleet any more');
    sayWhoIsLeft(operation.title, [...left, ...gone.map((computer) => ({ computer, reason }))]);
    if (computers.length > 0) {
      await work(workbench, { session, computers, operation, parameters: run.parameters, rerunOf: id });
    }
    return;
  }
}

/** What stands against the work is shown, not thrown. */
async function work(workbench: Workbench, item: Work): Promise<void> {
  const { operation } = item;
  try {
    let wantsPlan = false;
    const onShowPlan = (): void => {
      wantsPlan = true;
    };
    const plan = makePlan(item);
    let report = await perform(workbench, item, { plan, onShowPlan }).catch((thrown: unknown) => {
      if (!wantsPlan) throw thrown;
    });
    if (!report) {
      const agreed = await agreeOnPlan(workbench, reviewOf(workbench, item));
      report = await perform(workbench, item, { plan: agreed, isAgreed: true });
    }
    workbench.runs.refresh();
    void showReport(workbench, operation, report, (id) => rerunFailed(workbench, id));
    await reveal(workbench, report);
  } catch (thrown) {
    showFailure(workbench, operation.title, thrown);
  }
}

/** Throws `policy.refused`, or `operation.impossible` when nobody can. */
function makePlan({ session, computers, operation, parameters }: Work): Plan {
  const targets = computers.length > namedAtMost ? t('{0} computers', computers.length) : namesOf(computers).join(' ');
  const plan = planOperation({ operation, computers, parameters, targets }, session.app.engine);
  assertAllowed(plan.refusals);
  assertPossible(plan);
  return plan;
}

function reviewOf(workbench: Workbench, item: Work): PlanReview<Plan> {
  const read = async (onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<Plan> => {
    const plan = makePlan(item);
    await ensurePasswords(workbench, item, plan, signal);
    const asks = editorAsks(item.computers.length);
    return readPlan(plan, item.session.app.engine, { log: workbench.logs, asks, onProgress }, signal);
  };
  const possibleIn = ({ entries }: Plan): number => entries.filter(({ ways }) => ways.length > 0).length;
  return {
    title: item.operation.title,
    read,
    format: formatPlanMarkdown,
    summarize: (plan) => t('{0} of {1} computers', possibleIn(plan), plan.entries.length),
    mayRun: (plan) => possibleIn(plan) > 0,
    offersHash: false,
  };
}

interface Performance {
  readonly plan: Plan;
  /** Offers to show the plan instead. */
  readonly onShowPlan?: () => void;
  /** Whether the user has seen the plan and said yes to it; what cannot be undone is asked about even so. */
  readonly isAgreed?: boolean;
}

async function perform(
  workbench: Workbench,
  item: Work,
  { plan, onShowPlan, isAgreed = false }: Performance,
): Promise<RunReport> {
  const { operation, session, rerunOf } = item;
  const options = { location: vscode.ProgressLocation.Notification, title: operation.title, cancellable: true };
  return vscode.window.withProgress(options, async (notification, token) => {
    const signal = toSignal(token);
    await ensurePasswords(workbench, item, plan, signal);
    const asking = editorFrontend({
      log: workbench.logs,
      notification,
      change: describeChange(plan),
      computers: plan.entries.length,
      onShowPlan,
    });
    const frontend =
      isAgreed && operation.danger !== 'destructive' ? { ...asking, confirm: () => Promise.resolve(true) } : asking;
    const onResult = (): void => {
      workbench.runs.progress();
    };
    return runPlan(plan, session.app.engine, frontend, { ...(rerunOf !== undefined && { rerunOf }), onResult }, signal);
  });
}

async function ensurePasswords(
  { passwords }: Workbench,
  { computers, operation }: Work,
  plan: Plan,
  signal: AbortSignal,
): Promise<void> {
  const wanted = new Set(plan.entries.flatMap(({ ways }) => ways.map(({ technology }) => technology)));
  await passwords.ensure(computers, wanted, signal);
  await passwords.ensureOf(operation.secrets?.(plan.parameters) ?? [], wanted, signal);
}

/** Asking for a confirmation makes no sense when nothing can be done. */
function assertPossible({ entries }: Plan): void {
  const [first] = entries;
  if (!first || entries.some(({ ways }) => ways.length > 0)) return;
  throw new SidebandError('operation.impossible', first.impossible ?? t('no technology offers it'));
}

/** `12 on, 3 off, 5 not known → off`, from what was last seen. */
function describeChange({ operation, entries }: Plan): string {
  const then = entries[0]?.then;
  if (then === undefined) return '';
  if (operation.changes === undefined) return t('Then: {0}.', then);
  const counts = new Map<string, number>();
  for (const { now = t('not known') } of entries) counts.set(now, (counts.get(now) ?? 0) + 1);
  const words = [...counts].map(([now, count]) => (entries.length === 1 ? now : `${count} ${now}`));
  return t('Last seen: {0}. Then: {1}.', words.join(', '), then);
}

async function reveal({ runs, views }: Workbench, { runId }: RunReport): Promise<void> {
  const item = runId === undefined ? undefined : await runs.find(runId);
  if (item) await views.revealRun(item, 'keep');
}

function namesOf(computers: readonly Computer[]): readonly string[] {
  return computers.map(({ name }) => name);
}
