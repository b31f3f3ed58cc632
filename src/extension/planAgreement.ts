import * as vscode from 'vscode';
import { SidebandError } from '../base/errors';
import type { Plan } from '../jobs/plan';
import { formatPlanMarkdown } from '../jobs/planText';
import { toSignal } from './signal';
import type { Workbench } from './workbench';

const { t } = vscode.l10n;

/**
 * Shows a plan as a document until the user says yes to it, and returns it as it is at that moment. A plan that the world has
 * moved away from meanwhile is shown anew. Rejects with `run.cancelled`.
 */
export async function agreeOnPlan(
  { documents }: Pick<Workbench, 'documents'>,
  title: string,
  read: (signal: AbortSignal) => Promise<Plan>,
): Promise<Plan> {
  const options = { location: vscode.ProgressLocation.Notification, title: t('Plan: {0}', title), cancellable: true };
  const readNow = (): PromiseLike<Plan> =>
    vscode.window.withProgress(options, async (_, token) => {
      const signal = toSignal(token);
      const plan = await read(signal);
      signal.throwIfAborted();
      return plan;
    });
  let shown = await readNow();
  let notice = '';
  for (;;) {
    await documents.showMarkdown(t('Plan {0}', title), formatPlanMarkdown(shown));
    if (!(await isWanted(shown, notice))) throw new SidebandError('run.cancelled', `${title}: the plan was not run`);
    const now = await readNow();
    if (now.hash === shown.hash) return now;
    shown = now;
    notice = t('The world has moved since the plan was made, so here is a new one. ');
  }
}

async function isWanted({ operation, entries, hash }: Plan, notice: string): Promise<boolean> {
  const possible = entries.filter(({ ways }) => ways.length > 0).length;
  const words = t('{0}: {1} of {2} computers (plan {3}).', operation.title, possible, entries.length, hash);
  const [run, cancel] = [t('Run This Plan'), t('Cancel')];
  const actions = possible > 0 ? [run, cancel] : [cancel];
  return (await vscode.window.showInformationMessage(`${notice}${words}`, ...actions)) === run;
}
