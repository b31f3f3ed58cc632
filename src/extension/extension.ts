import * as vscode from 'vscode';
import { unfinishedKey } from './jobs/unfinished';
import { Views } from './views';
import type { Workbench } from './workbench';

interface ContributedCommand {
  readonly command: string;
}

const prefix = 'sideband.';
/** So long after its activation the window is taken to have started, in milliseconds. */
const startsWithinMs = 5000;
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
  const tasks: vscode.TaskProvider = {
    async provideTasks() {
      const { provideJobTasks } = await import('./engine');
      return provideJobTasks(await load());
    },
    async resolveTask(task) {
      const { resolveJobTask } = await import('./engine');
      return resolveJobTask(await load(), task);
    },
  };
  context.subscriptions.push(vscode.tasks.registerTaskProvider('sideband', tasks));
  context.subscriptions.push(loadForSchedules(load));
  // The files are checked as they are typed, also by somebody who never opens the view.
  const isOurs = ({ uri }: vscode.TextDocument): boolean => /\/\.sideband\/.+\.ya?ml$/.test(uri.path);
  const loadFor = (document: vscode.TextDocument): void => {
    if (isOurs(document)) void load();
  };
  for (const document of vscode.workspace.textDocuments) loadFor(document);
  context.subscriptions.push(vscode.workspace.onDidOpenTextDocument(loadFor));
  // Somebody may want to go on with what a window that was closed has left.
  if (context.workspaceState.get(unfinishedKey) === true) void load();
}

/** Closes every session before the window goes. */
export async function deactivate(): Promise<void> {
  const open = workbench;
  workbench = undefined;
  await (await open)?.[Symbol.asyncDispose]();
}

/** Schedules are run also where nobody opens a view; the window has started by then. */
function loadForSchedules(load: () => Promise<unknown>): vscode.Disposable {
  const look = async (): Promise<void> => {
    const isOff = vscode.workspace.getConfiguration('sideband').get('schedules') === 'off';
    if (isOff || !vscode.workspace.isTrusted) return;
    const [job] = await vscode.workspace.findFiles('.sideband/jobs/**/*.yaml', null, 1);
    if (job) await load();
  };
  const timer = setTimeout(() => void look(), startsWithinMs);
  const trust = vscode.workspace.onDidGrantWorkspaceTrust(look);
  return vscode.Disposable.from(
    trust,
    new vscode.Disposable(() => {
      clearTimeout(timer);
    }),
  );
}

async function loadWorkbench(context: vscode.ExtensionContext, views: Views): Promise<Workbench> {
  const { Workbench: Loaded } = await import('./engine');
  const loaded = new Loaded(context, views);
  await loaded.load();
  return loaded;
}
