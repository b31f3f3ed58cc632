import * as vscode from 'vscode';
import { Views } from './views';
import type { Workbench } from './workbench';

interface ContributedCommand {
  readonly command: string;
}

const prefix = 'sideband.';
let workbench: Promise<Workbench> | undefined;

/** Registers views and commands, and nothing else: the engine is loaded when one of them is first used. */
export function activate(context: vscode.ExtensionContext): void {
  const load = (): Promise<Workbench> => (workbench ??= loadWorkbench(context, views));
  const views = new Views(load);
  context.subscriptions.push(views);
  const { contributes } = context.extension.packageJSON as { contributes: { commands: readonly ContributedCommand[] } };
  for (const { command } of contributes.commands) {
    const run = async (...args: readonly unknown[]): Promise<void> => {
      const { runCommand } = await import('./engine');
      await runCommand(await load(), command.slice(prefix.length), args);
    };
    context.subscriptions.push(vscode.commands.registerCommand(command, run));
  }
  const profile: vscode.TerminalProfileProvider = {
    async provideTerminalProfile() {
      const { serialConsoleProfile } = await import('./engine');
      return serialConsoleProfile(await load());
    },
  };
  context.subscriptions.push(vscode.window.registerTerminalProfileProvider('sideband.serialConsole', profile));
  // The files are checked as they are typed, also by somebody who never opens the view.
  const isOurs = ({ uri }: vscode.TextDocument): boolean => /\/\.sideband\/.+\.ya?ml$/.test(uri.path);
  const loadFor = (document: vscode.TextDocument): void => {
    if (isOurs(document)) void load();
  };
  for (const document of vscode.workspace.textDocuments) loadFor(document);
  context.subscriptions.push(vscode.workspace.onDidOpenTextDocument(loadFor));
}

/** Closes every session before the window goes. */
export async function deactivate(): Promise<void> {
  const open = workbench;
  workbench = undefined;
  await (await open)?.[Symbol.asyncDispose]();
}

async function loadWorkbench(context: vscode.ExtensionContext, views: Views): Promise<Workbench> {
  const { Workbench: Loaded } = await import('./engine');
  const loaded = new Loaded(context, views);
  await loaded.load();
  return loaded;
}
