import * as vscode from 'vscode';
import type { RunRecord } from '../../jobs/ledger';
import type { FolderSession } from '../folderSession';
import type { Workbench } from '../workbench';

const { t } = vscode.l10n;

export interface FoundRun {
  readonly session: FolderSession;
  readonly record: RunRecord;
}

/** A run of one of the open folders; says so when there is none. Rejects with `ledger.unavailable`. */
export async function findRun({ sessions }: Pick<Workbench, 'sessions'>, id: string): Promise<FoundRun | undefined> {
  for (const session of sessions) {
    const record = await session.app.ledger.run(id);
    if (record?.folder === session.app.folder) return { session, record };
  }
  void vscode.window.showWarningMessage(t('No run {0} is recorded.', id));
  return undefined;
}
