import * as vscode from 'vscode';
import { toSidebandError } from '../base/errors';
import type { Computer } from '../fleet/computer';
import type { TechnologyName } from '../fleet/technologyName';
import { sentence } from './advice';
import { bySession, pickComputers, type Selection } from './pickComputers';
import { toSignal } from './signal';
import type { Workbench } from './workbench';

export interface Reading {
  readonly title: string;
  /** Absent: they are asked for, and `suggested` comes first. */
  readonly chosen: readonly Computer[] | undefined;
  readonly suggested: readonly Computer[];
  /** Whether somebody must know the passwords before. */
  readonly passwords?: 'needed' | 'unneeded';
}

/** What a reading may use: when to end, and where to say how far it is. */
export interface ReadingContext {
  readonly signal: AbortSignal;
  readonly say: (message: string) => void;
}

/**
 * Gathers computers, asks for their passwords, and reads from those of each folder, with progress that can be cancelled. Nothing
 * when it is dismissed, cancelled or fails; a failure is told.
 */
export async function readFromComputers<Result>(
  workbench: Pick<Workbench, 'assertTrusted' | 'sessions' | 'passwords'>,
  { title, chosen, suggested, passwords = 'needed' }: Reading,
  read: (selection: Selection, context: ReadingContext) => Promise<Result>,
): Promise<readonly Result[] | undefined> {
  if (!workbench.assertTrusted()) return undefined;
  const { sessions } = workbench;
  const selections = chosen ? bySession(sessions, chosen) : await pickComputers(sessions, title, suggested);
  if (!selections || selections.length === 0) return undefined;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  try {
    return await vscode.window.withProgress(options, async (progress, token) => {
      const signal = toSignal(token);
      const computers = selections.flatMap((selection) => selection.computers);
      if (passwords === 'needed') await workbench.passwords.ensure(computers, technologiesOf(computers), signal);
      const context: ReadingContext = {
        signal,
        say: (message) => {
          progress.report({ message });
        },
      };
      const results = await Promise.all(selections.map((selection) => read(selection, context)));
      return signal.aborted ? undefined : results;
    });
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.code !== 'run.cancelled') void vscode.window.showErrorMessage(`${title}: ${sentence(error)}`);
    return undefined;
  }
}

function technologiesOf(computers: readonly Computer[]): ReadonlySet<TechnologyName> {
  return new Set(computers.flatMap(({ accesses }) => accesses.map(({ technology }) => technology)));
}
