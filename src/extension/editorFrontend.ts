import * as vscode from 'vscode';
import type { Frontend, Progress } from '../base/frontend';
import type { Log } from '../base/log';

const namedAtMost = 10;

/** Confirms by one modal question, and shows progress in a notification. */
export function editorFrontend(log: Log, notification: vscode.Progress<{ message?: string; increment?: number }>): Frontend {
  let shown = 0;
  return {
    log,
    async confirm({ title, computers, warnings }) {
      const whom = computers.length === 1 ? (computers[0] ?? '') : `${computers.length} computers`;
      const names = computers.slice(0, namedAtMost).join(', ');
      const more = computers.length > namedAtMost ? ` and ${computers.length - namedAtMost} more` : '';
      const detail = [computers.length > 1 ? names + more : '', ...warnings].filter(Boolean).join('\n\n');
      const answer = await vscode.window.showWarningMessage(`${title}: ${whom}?`, { modal: true, detail }, title);
      return answer === title;
    },
    progress({ done, failed, total }: Progress) {
      const message = `${done} of ${total}${failed > 0 ? `, ${failed} failed` : ''}`;
      notification.report({ message, increment: (100 * (done - shown)) / total });
      shown = done;
    },
  };
}
