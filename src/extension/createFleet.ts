import * as vscode from 'vscode';

const sample = `# The computers of this folder. Passwords are never in it: the editor asks for them.
version: 1
profiles:
  bmc:
    ipmi: { user: admin }
computers:
  lab-01: { host: 10.0.4.11, profile: bmc, tags: { site: berlin } }
  # 'node[001-250]': { host: 'node{}.mgmt.example', profile: bmc, tags: { site: oslo } }
groups:
  berlin: { tags: { site: berlin } }
`;

/** Writes a sample fleet file into the first folder and opens it; one that is there is opened as it is. */
export async function createFleet(): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) {
    await vscode.commands.executeCommand('vscode.openFolder');
    return;
  }
  const uri = vscode.Uri.joinPath(folder.uri, '.sideband', 'fleet.yaml');
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (!isThere) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(sample));
  await vscode.window.showTextDocument(uri);
}
