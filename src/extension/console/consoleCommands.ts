import * as vscode from 'vscode';
import type { Computer } from '../../fleet/computer';
import { bySession, pickComputers, type Selection } from '../pickComputers';
import type { Workbench } from '../workbench';
import { SerialTerminal } from './serialTerminal';

const { t } = vscode.l10n;
/** Each opens a terminal of its own. */
const mostAtOnce = 8;
const open = new Map<vscode.Terminal, SerialTerminal>();

/** Opens a terminal on the serial port of each computer. */
export async function openConsoles(
  workbench: Workbench,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
): Promise<void> {
  if (!workbench.assertTrusted()) return;
  const selections = chosen
    ? bySession(workbench.sessions, chosen)
    : await pickComputers(workbench.sessions, t('Serial Console'), suggested);
  const computers = (selections ?? []).flatMap((selection) => selection.computers);
  if (computers.length > mostAtOnce) {
    void vscode.window.showWarningMessage(t('At most {0} consoles are opened at once.', mostAtOnce));
    return;
  }
  const wanted = new Set(computers.flatMap(({ accesses }) => accesses.map(({ technology }) => technology)));
  await workbench.passwords.ensure(computers, wanted, new AbortController().signal);
  for (const selection of selections ?? []) openTerminals(selection);
}

/** Sends a break to the computer of the terminal in front. */
export async function sendBreak(): Promise<void> {
  const terminal = vscode.window.activeTerminal;
  await (terminal && open.get(terminal))?.sendBreak();
}

function openTerminals({ session, computers }: Selection): void {
  for (const computer of computers) {
    const pty = new SerialTerminal(session.app, computer, () => open.delete(terminal));
    const name = t('Serial: {0}', computer.name);
    const terminal = vscode.window.createTerminal({ name, pty, iconPath: new vscode.ThemeIcon('plug') });
    open.set(terminal, pty);
    terminal.show();
  }
}
