import * as vscode from 'vscode';
import type { Frontend } from '../base/frontend';
import type { Log } from '../base/log';
import { editorAsks } from './questions';

const { t } = vscode.l10n;
const namedAtMost = 10;

export interface FrontendOptions {
  readonly log: Log;
  readonly notification: vscode.Progress<{ message?: string; increment?: number }>;
  /** What a plan changes, as the last line of the question. */
  readonly change: string;
  /** How many computers the run is about. */
  readonly computers: number;
  /** Offers to show the plan before it is confirmed; then nothing is done, and this is called. */
  readonly onShowPlan?: (() => void) | undefined;
}

/** Confirms by one modal question, and shows progress in a notification. */
export function editorFrontend({ log, notification, change, computers, onShowPlan }: FrontendOptions): Frontend {
  let shown = 0;
  return {
    log,
    asks: editorAsks(computers),
    async confirm({ title, computers: asked, danger, warnings }, signal) {
      const whom = asked.length === 1 ? (asked[0] ?? '') : t('{0} computers', asked.length);
      const names = asked.slice(0, namedAtMost).join(', ');
      const more = asked.length > namedAtMost ? t(' and {0} more', asked.length - namedAtMost) : '';
      const severity = danger === 'destructive' ? t('This cannot be undone.') : '';
      const detail = [asked.length > 1 ? names + more : '', change, ...warnings, severity].filter(Boolean).join('\n\n');
      const show = t('Show Plan');
      const answer = await vscode.window.showWarningMessage(
        t('{0}: {1}?', title, whom),
        { modal: true, detail },
        ...[title, ...(onShowPlan && asked.length > 1 ? [show] : [])],
      );
      if (answer === show) onShowPlan?.();
      return answer === title && !signal.aborted;
    },
    progress({ done, failed, total }) {
      const message = failed > 0 ? t('{0} of {1}, {2} failed', done, total, failed) : t('{0} of {1}', done, total);
      notification.report({ message, increment: (100 * (done - shown)) / total });
      shown = done;
    },
  };
}
