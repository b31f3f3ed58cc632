import * as vscode from 'vscode';

/** The file of a job that a command was called for: a file, as by a CodeLens, or an item of the view. */
export function jobUriOf(first: unknown): vscode.Uri | undefined {
  const uri = first instanceof vscode.TreeItem ? first.resourceUri : first;
  return uri instanceof vscode.Uri ? uri : undefined;
}
