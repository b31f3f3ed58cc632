import * as vscode from 'vscode';
import { SidebandError } from '../base/errors';
import type { Progress } from '../base/frontend';
import { escapeMarkdown } from '../base/markdown';
import { toSignal } from './signal';
import type { Workbench } from './workbench';

const { t } = vscode.l10n;
const movedAtMost = 1;

/** A plan that somebody is to say yes to. */
export interface PlanReview<Plan extends { readonly hash: string }> {
  readonly title: string;
  readonly read: (onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<Plan>;
  readonly format: (plan: Plan) => string;
  /** It in one sentence, without its full stop. */
  readonly summarize: (plan: Plan) => string;
  readonly mayRun: (plan: Plan) => boolean;
  /** Whether there is something to do with its hash elsewhere. */
  readonly offersHash: boolean;
  /** What has moved between two plans, in words. */
  readonly compare?: (was: Plan, is: Plan) => readonly string[];
}

/**
 * Shows a plan as a document until the user says yes to it, and returns it as it is at that moment. A plan that the world has
 * moved away from meanwhile is shown anew. Rejects with `run.cancelled`.
 */
export async function agreeOnPlan<Plan extends { readonly hash: string }>(
  { documents }: Pick<Workbench, 'documents'>,
  review: PlanReview<Plan>,
): Promise<Plan> {
  const { title } = review;
  let shown = await readNow(review);
  let moved: readonly string[] | undefined;
  for (;;) {
    await documents.showMarkdown(t('Plan {0}', title), formatMoved(moved) + review.format(shown));
    if (!(await isWanted(review, shown, moved))) {
      throw new SidebandError('run.cancelled', `${title}: the plan was not run`);
    }
    const now = await readNow(review);
    if (now.hash === shown.hash) return now;
    moved = review.compare?.(shown, now) ?? [];
    shown = now;
  }
}

function readNow<Plan extends { readonly hash: string }>({ title, read }: PlanReview<Plan>): PromiseLike<Plan> {
  const options = { location: vscode.ProgressLocation.Notification, title: t('Plan: {0}', title), cancellable: true };
  return vscode.window.withProgress(options, async (notification, token) => {
    const signal = toSignal(token);
    const plan = await read(({ done, total }) => {
      notification.report({ message: t('{0} of {1}', done, total) });
    }, signal);
    signal.throwIfAborted();
    return plan;
  });
}

/** `moved`: of a plan that takes the place of another. */
async function isWanted<Plan extends { readonly hash: string }>(
  { title, offersHash, summarize, mayRun }: PlanReview<Plan>,
  plan: Plan,
  moved: readonly string[] | undefined,
): Promise<boolean> {
  const [run, copy, cancel] = [t('Run This Plan'), t('Copy Hash'), t('Cancel')];
  const words = t('{0}: {1} (plan {2}).', title, summarize(plan), plan.hash);
  const actions = [...(mayRun(plan) ? [run] : []), ...(offersHash ? [copy] : []), cancel];
  for (;;) {
    const answer = await vscode.window.showInformationMessage(`${moved ? notice(moved) : ''}${words}`, ...actions);
    if (answer !== copy) return answer === run;
    await vscode.env.clipboard.writeText(plan.hash);
  }
}

/** As the head of a document. */
function formatMoved(moved: readonly string[] = []): string {
  if (moved.length === 0) return '';
  const lines = [t('Moved since the plan before this one:'), '', ...moved.map((line) => `- ${escapeMarkdown(line)}`)];
  return `${lines.map((line) => `> ${line}`.trimEnd()).join('\n')}\n\n`;
}

function notice(moved: readonly string[]): string {
  const more = moved.length > movedAtMost ? [t('and {0} more', moved.length - movedAtMost)] : [];
  const what = [...moved.slice(0, movedAtMost), ...more].join('; ');
  return what === ''
    ? t('The world has moved since the plan was made, so here is a new one. ')
    : t('The world has moved since the plan was made ({0}), so here is a new one. ', what);
}
