import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables';
import type { LiveRuns } from './liveRuns';

const { t } = vscode.l10n;

/** Cancels a run: the first time it winds down, the second time it stops. */
export function cancelRun({ liveRuns }: { readonly liveRuns: LiveRuns }, id: string): void {
  if (liveRuns.cancel(id) !== undefined) return;
  const message = t('The run {0} does not go on in this window, so it cannot be cancelled here.', id);
  void vscode.window.showWarningMessage(message);
}

/** Says of every run that is cancelled, by whatever means, that it winds down, and offers to stop it. */
export function tellOfCancelling(liveRuns: LiveRuns): Disposable {
  return liveRuns.onDidCancel(({ id, title, cancelling }) => {
    if (cancelling === 'windingDown') void offerStop(liveRuns, id, title);
  });
}

async function offerStop(liveRuns: LiveRuns, id: string, title: string): Promise<void> {
  const stop = t('Stop Now');
  const message = t('{0} winds down: what is in flight ends, its “finally” steps run, and nothing else begins.', title);
  if ((await vscode.window.showWarningMessage(message, stop)) === stop) liveRuns.cancel(id);
}
