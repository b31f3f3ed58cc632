import * as vscode from 'vscode';
import { formats } from '../jobs/formats';
import { markdown } from '../jobs/formats/markdown';
import type { NodeReport } from '../jobs/nodeReport';
import { saveText } from './saveText';

const { t } = vscode.l10n;

/** Asks for a format and a place, and writes a report there; or opens it as text. */
export async function exportReport(report: NodeReport, whose: string): Promise<void> {
  const files = formats.map((format) => ({ label: format.title, description: `.${format.extension}`, format }));
  const text = { label: t('Open as Text'), description: t('Markdown, in the editor'), format: undefined };
  const picked = await vscode.window.showQuickPick([...files, text], {
    title: t('Export {0} rows of {1}', report.rows.length, report.title),
  });
  if (!picked) return;
  const { format } = picked;
  if (!format) {
    const document = { language: 'markdown', content: markdown.format(report) };
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(document));
    return;
  }
  const name = `${report.node}-${whose.replaceAll(/[^\w.-]+/g, '-')}`;
  await saveText({ title: format.title, extension: format.extension, name, text: format.format(report) });
}
