import * as vscode from 'vscode';
import { readRunDocument } from '../../jobs/reports/runDocument';
import { runFormats } from '../../jobs/reports/runFormats';
import { showFailure } from '../failure';
import { saveText } from '../saveText';
import type { Workbench } from '../workbench';
import { findRun } from './findRun';

const { t } = vscode.l10n;

/** Writes what became of a run into a file, whose format and place the user is asked for. */
export async function exportRun(workbench: Workbench, id: string): Promise<void> {
  const formats = runFormats.map((format) => ({ label: format.title, description: `.${format.extension}`, format }));
  try {
    const found = await findRun(workbench, id);
    if (!found) return;
    const { session, record } = found;
    const picked = await vscode.window.showQuickPick(formats, {
      title: t('Export {0} ({1})', record.title, record.id),
    });
    if (!picked) return;
    const { title, extension } = picked.format;
    const document = await readRunDocument(session.app.ledger, record.id);
    if (document) {
      await saveText({ title, extension, name: `run-${record.id}`, text: picked.format.format(document) });
    }
  } catch (thrown) {
    showFailure(workbench, id, thrown);
  }
}
