import * as vscode from 'vscode';
import { SerialTerminal } from './serialTerminal';

/** Lets menus know whether the terminal in front is one of ours. */
export function watchTerminals(): vscode.Disposable {
  const tell = (): void => {
    void vscode.commands.executeCommand('setContext', 'sideband:serialTerminal', serialTerminalInFront() !== undefined);
  };
  return vscode.window.onDidChangeActiveTerminal(tell);
}

/** The serial console that is looked at. */
export function serialTerminalInFront(): SerialTerminal | undefined {
  const options = vscode.window.activeTerminal?.creationOptions;
  return options && 'pty' in options && options.pty instanceof SerialTerminal ? options.pty : undefined;
}
