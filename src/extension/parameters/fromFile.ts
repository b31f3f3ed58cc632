import * as vscode from 'vscode';
import { readParameterFile } from '../../app/parameterFile';
import { toSidebandError } from '../../base/errors';
import type { Operation } from '../../operations/operation';
import type { Values } from './check';

const { t } = vscode.l10n;

/** Asks for a YAML file with an operation's parameters. Nothing when no file is chosen, or when it has mistakes, which are shown. */
export async function askForFile(operation: Operation): Promise<Values | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const [file] =
    (await vscode.window.showOpenDialog({
      title: t('{0}: a YAML file with its parameters', operation.title),
      filters: { YAML: ['yaml', 'yml'] },
      ...(folder && { defaultUri: folder.uri }),
    })) ?? [];
  if (!file) return undefined;
  try {
    return await readParameterFile(file.fsPath, operation);
  } catch (thrown) {
    void vscode.window.showErrorMessage(`${operation.title}: ${toSidebandError(thrown).message}`);
    return undefined;
  }
}
