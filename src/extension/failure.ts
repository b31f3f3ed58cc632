import * as vscode from 'vscode';
import { toSidebandError } from '../base/errors';
import { sentence } from './advice';
import type { Workbench } from './workbench';

/** Shows what stood against some work; what the user has cancelled needs no words. */
export function showFailure({ logs }: Pick<Workbench, 'logs'>, title: string, thrown: unknown): void {
  const error = toSidebandError(thrown);
  if (error.code === 'run.cancelled') return;
  logs.warn(`${title}: ${error.message}`);
  void vscode.window.showErrorMessage(`${title}: ${sentence(error)}`);
}
