import * as vscode from 'vscode';
import { toSidebandError } from '../../base/errors';
import { rerunFailed } from '../operationCommands';
import { leftSomething, RunItem } from '../runs/runItems';
import type { Workbench } from '../workbench';
import { type RunActions, RunPanel } from './runPanel';

const { t } = vscode.l10n;
const offeredRuns = 50;

/** Opens the matrix of a run: of one in the list, of one by its id, or of one that the user picks. One that is open comes to the front. */
export async function openRun(workbench: Workbench, run: unknown): Promise<void> {
  const id = run instanceof RunItem ? run.run.id : typeof run === 'string' ? run : await pickRun(workbench);
  if (id === undefined) return;
  try {
    if (!(await open(workbench, id))) void vscode.window.showWarningMessage(t('No run {0} is recorded.', id));
  } catch (thrown) {
    void vscode.window.showErrorMessage(toSidebandError(thrown).message);
  }
}

async function open(workbench: Workbench, id: string): Promise<boolean> {
  const { extensionUri, logs, panels, runPages, sessions } = workbench;
  for (const { app } of sessions) {
    const run = await app.ledger.run(id);
    if (run?.folder !== app.folder) continue;
    const known = runPages.get(run.id);
    if (known) known.reveal();
    else {
      const onEnd = (): void => {
        panels.delete(panel);
        runPages.delete(run.id);
      };
      const actions = actionsOf(workbench);
      const panel = new RunPanel({ extensionUri, ledger: app.ledger, run, actions, log: logs, onEnd });
      panels.add(panel);
      runPages.set(run.id, panel);
    }
    return true;
  }
  return false;
}

function actionsOf(workbench: Workbench): RunActions {
  return {
    offers: ({ kind, state, counts }) => ({
      cancel: false,
      resume: false,
      rerun: kind === 'operation' && state !== 'running' && leftSomething(counts),
      export: false,
    }),
    cancel: () => Promise.resolve(),
    resume: () => Promise.resolve(),
    rerunFailed: (id) => rerunFailed(workbench, id),
    exportRun: () => Promise.resolve(),
  };
}

async function pickRun({ sessions }: Workbench): Promise<string | undefined> {
  const lists = await Promise.all(
    sessions.map(({ app }) => app.ledger.runs({ folder: app.folder, limit: offeredRuns })),
  );
  const runs = lists.flat().toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
  if (runs.length === 0) {
    void vscode.window.showInformationMessage(t('No run of this folder is recorded.'));
    return undefined;
  }
  const items = runs.map(({ id, title, targets, state, startedAt }) => ({
    label: `${title} · ${targets}`,
    description: `${new Date(startedAt).toLocaleString()} · ${state}`,
    id,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: t('Open a run'), matchOnDescription: true });
  return picked?.id;
}
