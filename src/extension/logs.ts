import * as vscode from 'vscode';
import type { Disposable } from '../base/disposables';
import type { Log } from '../base/log';

export interface Logs extends Log, Disposable {
  show(): void;
}

/** The channel `Sideband` for what a user wants to know, and `Sideband Wire` for every message in words. */
export function createLogs(): Logs {
  const channel = vscode.window.createOutputChannel('Sideband', { log: true });
  const wire = vscode.window.createOutputChannel('Sideband Wire', { log: true });
  return {
    info: (line) => {
      channel.info(line);
    },
    warn: (line) => {
      channel.warn(line);
    },
    trace(line) {
      if (wire.logLevel === vscode.LogLevel.Trace || wire.logLevel === vscode.LogLevel.Debug) wire.debug(line());
    },
    show: () => {
      channel.show(true);
    },
    dispose() {
      channel.dispose();
      wire.dispose();
    },
  };
}
