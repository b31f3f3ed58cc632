import * as vscode from 'vscode';
import { readParameterFile } from '../../app/parameterFile';
import { toSidebandError } from '../../base/errors';
import type { Values } from './check';
import type { Subject } from './subject';

const { t } = vscode.l10n;

/** Asks for a YAML file with parameters. Nothing when no file is chosen, or when it has mistakes, which are shown. */
export async function askForFile(subject: Subject): Promise<Values | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const [file] =
    (await vscode.window.showOpenDialog({
      title: t('{0}: a YAML file with its parameters', subject.title),
      filters: { YAML: ['yaml', 'yml'] },
      ...(folder && { defaultUri: folder.uri }),
    })) ?? [];
  if (!file) return undefined;
  try {
    return await readParameterFile(file.fsPath, subject);
  } catch (thrown) {
    void vscode.window.showErrorMessage(`${subject.title}: ${toSidebandError(thrown).message}`);
    return undefined;
  }
}
