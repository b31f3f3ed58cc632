import * as vscode from 'vscode';
import { toSidebandError } from '../../base/errors';
import { cancelRun } from '../jobs/cancelRun';
import { leftSomething, RunItem } from '../runs/runItems';
import type { Workbench } from '../workbench';
import { type RunActions, RunPanel } from './runPanel';

const { t } = vscode.l10n;
const offeredRuns = 50;

/** Opens the matrix of a run: of one in the list, of one by its id, or of one that the user picks. One that is open comes to the front. */
export async function openRun(workbench: Workbench, run: unknown, column?: vscode.ViewColumn): Promise<void> {
  const id = runIdOf(run) ?? (await pickRun(workbench));
  if (id === undefined) return;
  try {
    if (!(await open(workbench, id, column))) void vscode.window.showWarningMessage(t('No run {0} is recorded.', id));
  } catch (thrown) {
    void vscode.window.showErrorMessage(toSidebandError(thrown).message);
  }
}

/** Opens the matrix of a run that has just begun: where such a page is already, else beside what the user looks at. */
export async function openRunBeside(workbench: Workbench, id: string): Promise<void> {
  const known = [...workbench.runPages.values()].at(-1)?.column;
  const isEmpty = vscode.window.tabGroups.activeTabGroup.activeTab === undefined;
  await openRun(workbench, id, known ?? (isEmpty ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside));
}

/** The run that a command was called for. */
export function runIdOf(run: unknown): string | undefined {
  if (run instanceof RunItem) return run.run.id;
  return typeof run === 'string' ? run : undefined;
}

async function open(workbench: Workbench, id: string, column: vscode.ViewColumn | undefined): Promise<boolean> {
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
      const panel = new RunPanel({ extensionUri, ledger: app.ledger, run, actions, log: logs, column, onEnd });
      panels.add(panel);
      runPages.set(run.id, panel);
    }
    return true;
  }
  return false;
}

/** What else is done from here is done by the commands that the Runs view has, too. */
function actionsOf({ liveRuns }: Workbench): RunActions {
  const command = (name: string) => async (id: string) => {
    await vscode.commands.executeCommand(`sideband.${name}`, id);
  };
  return {
    offers: ({ id, kind, state, counts }) => ({
      cancel: liveRuns.isLive(id) && liveRuns.cancelling(id) !== 'stopping',
      resume: kind === 'job' && state === 'interrupted',
      rerun: state !== 'running' && leftSomething(counts),
      export: true,
    }),
    cancel: (id) => {
      cancelRun({ liveRuns }, id);
      return Promise.resolve();
    },
    resume: command('resumeRun'),
    rerunFailed: command('rerunFailed'),
    exportRun: command('exportRun'),
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
