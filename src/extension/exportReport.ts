import * as vscode from 'vscode';
import { toSidebandError } from '../base/errors';
import { formats } from '../jobs/formats';
import { markdown } from '../jobs/formats/markdown';
import type { NodeReport } from '../jobs/nodeReport';

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
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const name = `${report.node}-${whose.replaceAll(/[^\w.-]+/g, '-')}.${format.extension}`;
  const file = await vscode.window.showSaveDialog({
    title: t('Export as {0}', format.title),
    filters: { [format.title]: [format.extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
  });
  if (file) await write(file, format.format(report));
}

async function write(file: vscode.Uri, text: string): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  } catch (thrown) {
    void vscode.window.showErrorMessage(t('The file was not written: {0}', toSidebandError(thrown).message));
    return;
  }
  const open = t('Open');
  const name = file.path.split('/').at(-1) ?? '';
  if ((await vscode.window.showInformationMessage(t('{0} was written.', name), open)) === open) {
    await vscode.window.showTextDocument(file);
  }
}
