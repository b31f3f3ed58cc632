import * as vscode from 'vscode';
import { toSidebandError } from '../base/errors';

const { t } = vscode.l10n;

export interface SavedText {
  /** Of its format. */
  readonly title: string;
  /** Of its file, without the dot. */
  readonly extension: string;
  /** Proposed for its file, without the extension. */
  readonly name: string;
  readonly text: string;
}

/** Asks for a place, and writes a text there. */
export async function saveText({ title, extension, name, text }: SavedText): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const file = await vscode.window.showSaveDialog({
    title: t('Export as {0}', title),
    filters: { [title]: [extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, `${name}.${extension}`) }),
  });
  if (file) await write(file, text);
}

async function write(file: vscode.Uri, text: string): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  } catch (thrown) {
    void vscode.window.showErrorMessage(t('The file was not written: {0}', toSidebandError(thrown).message));
    return;
  }
  const open = t('Open');
  const written = file.path.split('/').at(-1) ?? '';
  if ((await vscode.window.showInformationMessage(t('{0} was written.', written), open)) === open) {
    await vscode.window.showTextDocument(file);
  }
}
