import * as vscode from 'vscode';
import { Views } from './views';
import type { Workbench } from './workbench';

interface ContributedCommand {
  readonly command: string;
}

const prefix = 'sideband.';
let workbench: Promise<Workbench | undefined> | undefined;

/** Registers views and commands, and nothing else: the engine is loaded when one of them is first used. */
export function activate(context: vscode.ExtensionContext): void {
  const load = (): Promise<Workbench | undefined> => (workbench ??= loadWorkbench(context, views));
  const views = new Views(load);
  context.subscriptions.push(views);
  const { contributes } = context.extension.packageJSON as { contributes: { commands: readonly ContributedCommand[] } };
  for (const { command } of contributes.commands) {
    const id = command.slice(prefix.length);
    const run = async (...args: readonly unknown[]): Promise<void> => {
      if (id === 'createFleet') {
        const { createFleet } = await import('./createFleet');
        await createFleet();
        return;
      }
      const loaded = await load();
      if (!loaded) {
        void vscode.window.showInformationMessage('Open a folder to manage computers with Sideband.');
        return;
      }
      const { runCommand } = await import('./commands');
      await runCommand(loaded, id, args);
    };
    context.subscriptions.push(vscode.commands.registerCommand(command, run));
  }
  const isOurs = ({ uri }: vscode.TextDocument): boolean => /\/\.sideband\/[^/]+\.yaml$/.test(uri.path);
  if (vscode.workspace.textDocuments.some(isOurs)) void load();
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (isOurs(document)) void load();
    }),
  );
}

/** Closes every session before the window goes. */
export async function deactivate(): Promise<void> {
  await (await workbench)?.close();
}

async function loadWorkbench(context: vscode.ExtensionContext, views: Views): Promise<Workbench | undefined> {
  const folder = await folderWithFleet();
  if (folder === undefined) return undefined;
  const { Workbench: Loaded } = await import('./workbench');
  const loaded = new Loaded(context, views, folder);
  await loaded.load();
  return loaded;
}

/** The first folder of the workspace that has a fleet, or else the first. */
async function folderWithFleet(): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  for (const { uri } of folders) {
    const found = await vscode.workspace.fs.stat(vscode.Uri.joinPath(uri, '.sideband', 'fleet.yaml')).then(
      () => true,
      () => false,
    );
    if (found) return uri.fsPath;
  }
  return folders[0]?.uri.fsPath;
}
