import * as vscode from 'vscode';
import type { Workbench } from '../workbench';

const sample = `# The steps are done one after the other on each of the computers.
# “Plan” above the name shows what would happen, and does nothing.
name: Who is on
description: Reads the power of every computer.
targets: '*' # or lab-*, @group, site=berlin, !lab-07
strategy: { concurrency: 50 }
steps:
  - id: state
    uses: power.status
  # - uses: identify
  #   if: steps.state.outputs.power == 'on'
`;

/** Writes a sample job into the first folder that has a fleet, and opens it. Files that are there are left alone. */
export async function createJob({ sessions }: Pick<Workbench, 'sessions'>): Promise<void> {
  const [session] = sessions;
  if (!session) {
    await vscode.commands.executeCommand('sideband.createFleet');
    return;
  }
  const folder = vscode.Uri.joinPath(vscode.Uri.file(session.app.folder), '.sideband', 'jobs');
  const uri = await freeName(folder);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(sample));
  await vscode.window.showTextDocument(uri);
}

/** `new-job.yaml`, or the first of `new-job-2.yaml` and so on that is not there. */
async function freeName(folder: vscode.Uri): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const uri = vscode.Uri.joinPath(folder, number === 1 ? 'new-job.yaml' : `new-job-${number}.yaml`);
    if (!(await isThere(uri))) return uri;
  }
}

function isThere(uri: vscode.Uri): PromiseLike<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
