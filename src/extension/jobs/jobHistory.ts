import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { RunSummary } from '../../jobs/ledger';
import { ago } from '../ago';
import { showFailure } from '../failure';
import { openRun } from '../panels/openRun';
import { countsText, outcomeIcon, verdictOf } from '../runs/runItems';
import type { Workbench } from '../workbench';
import { chooseJobFile } from './jobFile';
import { jobUriOf } from './jobUri';

const { t } = vscode.l10n;
const offeredRuns = 100;

/** Offers the runs of a job, the newest first, and opens the chosen one. `first`: its file, or an item of the Jobs view. */
export async function showJobHistory(workbench: Workbench, first: unknown): Promise<void> {
  const file = await chooseJobFile(workbench, jobUriOf(first));
  if (!file) return;
  const { folder, ledger } = file.session.app;
  const subject = relative(folder, file.uri.fsPath).replaceAll(sep, '/');
  try {
    const runs = await ledger.runs({ folder, subject, limit: offeredRuns });
    if (runs.length === 0) {
      void vscode.window.showInformationMessage(t('{0} has not been run yet.', subject));
      return;
    }
    const picked = await vscode.window.showQuickPick(runs.map(toItem), { title: t('Runs of {0}', subject) });
    if (picked) await openRun(workbench, picked.id);
  } catch (thrown) {
    showFailure(workbench, subject, thrown);
  }
}

function toItem(run: RunSummary) {
  const { id, targets, startedAt } = run;
  return {
    label: `$(${outcomeIcon(verdictOf(run)).id}) ${new Date(startedAt).toLocaleString()}`,
    description: [ago(Date.parse(startedAt)), targets].join(' · '),
    detail: countsText(run),
    id,
  };
}
