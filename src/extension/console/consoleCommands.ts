import * as vscode from 'vscode';
import type { Computer } from '../../fleet/computer';
import { directOperations } from '../../operations';
import { runOperation } from '../operationCommands';
import { bySession, pickComputers, type Selection } from '../pickComputers';
import type { Workbench } from '../workbench';
import { serialTerminalInFront } from './activeTerminal';
import { SerialTerminal } from './serialTerminal';

const { t } = vscode.l10n;
/** Each opens a terminal of its own. */
const mostAtOnce = 8;
const icon = new vscode.ThemeIcon('plug');

/** Opens a terminal on the serial port of each computer. */
export async function openConsoles(
  workbench: Workbench,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
): Promise<void> {
  for (const options of await chooseConsoles(workbench, chosen, suggested)) {
    vscode.window.createTerminal(options).show();
  }
}

/** For the list of terminal profiles: a terminal on the serial port of a computer that is asked for. */
export async function serialConsoleProfile(workbench: Workbench): Promise<vscode.TerminalProfile | undefined> {
  const [first, ...others] = await chooseConsoles(workbench, undefined, []);
  for (const options of others) vscode.window.createTerminal(options);
  return first && new vscode.TerminalProfile(first);
}

/** Sends a break to the computer of the terminal in front. */
export async function sendBreak(): Promise<void> {
  await serialTerminalInFront()?.sendBreak();
}

/** Power and boot of the computer of the terminal in front. */
export async function controlPower(workbench: Workbench): Promise<void> {
  const terminal = serialTerminalInFront();
  if (!terminal) return;
  const items = directOperations
    .filter(({ id }) => /^(power|boot)\./.test(id))
    .map(({ id, title, description }) => ({ label: title, detail: description, id }));
  const picked = await vscode.window.showQuickPick(items, { title: terminal.computer.name });
  if (picked) await runOperation(workbench, picked.id, [terminal.computer], []);
}

/** Begins to write what the terminal in front shows to a file, or ends that. */
export async function recordOrStop(): Promise<void> {
  const terminal = serialTerminalInFront();
  if (!terminal) return;
  if (terminal.isRecording) {
    await terminal.stopRecording();
    return;
  }
  const kinds = [
    { label: t('Log'), detail: t('What the computer says, as it is'), extension: 'log', timestamps: false },
    { label: t('Log with times'), detail: t('Each line begins with its time'), extension: 'log', timestamps: true },
    { label: t('Recording'), detail: t('An asciicast, to be played again'), extension: 'cast', timestamps: false },
  ];
  const kind = await vscode.window.showQuickPick(kinds, { title: terminal.computer.name });
  if (!kind) return;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const name = `${terminal.computer.name.replaceAll(/[^\w.-]/g, '_')}.${kind.extension}`;
  const file = await vscode.window.showSaveDialog({
    filters: { [kind.label]: [kind.extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
  });
  if (file) await terminal.record(file.fsPath, { timestamps: kind.timestamps });
}

/** Asks for computers, where none are chosen, and for their passwords. */
async function chooseConsoles(
  workbench: Workbench,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
): Promise<readonly vscode.ExtensionTerminalOptions[]> {
  if (!workbench.assertTrusted()) return [];
  const selections = chosen
    ? bySession(workbench.sessions, chosen)
    : await pickComputers(workbench.sessions, t('Serial Console'), suggested);
  const computers = (selections ?? []).flatMap((selection) => selection.computers);
  if (computers.length > mostAtOnce) {
    void vscode.window.showWarningMessage(t('At most {0} consoles are opened at once.', mostAtOnce));
    return [];
  }
  const wanted = new Set(computers.flatMap(({ accesses }) => accesses.map(({ technology }) => technology)));
  await workbench.passwords.ensure(computers, wanted, new AbortController().signal);
  return (selections ?? []).flatMap(terminalsOf);
}

function terminalsOf({ session, computers }: Selection): readonly vscode.ExtensionTerminalOptions[] {
  return computers.map((computer) => ({
    name: t('Serial: {0}', computer.name),
    pty: new SerialTerminal(session.app, computer),
    iconPath: icon,
  }));
}
