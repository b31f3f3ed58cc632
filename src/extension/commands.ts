import * as vscode from 'vscode';
import type { Computer } from '../fleet/computer';
import { controlPower, openConsoles, recordOrStop, sendBreak } from './console/consoleCommands';
import { createFleet } from './createFleet';
import { cancelRun } from './jobs/cancelRun';
import { createJob } from './jobs/createJob';
import { planJob, runJob, runJobOn } from './jobs/jobCommands';
import { showJobHistory } from './jobs/jobHistory';
import { jobUriOf } from './jobs/jobUri';
import { resumeRun } from './jobs/resumeRun';
import { exportRun } from './jobs/runExports';
import { rerunFailed, runOperation } from './operationCommands';
import { chooseNode, openInventory, openNodes } from './panels/openInventory';
import { openRun, runIdOf } from './panels/openRun';
import { openSensors } from './panels/openSensors';
import { choosePassword } from './passwordCommands';
import { showCheck } from './showCommands';
import { compareSnapshots, takeSnapshots } from './snapshotCommands';
import { trustCertificates } from './trustCommand';
import { ComputerItem } from './tree/computerItem';
import { GroupItem } from './tree/groupItem';
import { NodeFolderItem, NodeItem } from './tree/nodeItems';
import type { Workbench } from './workbench';

const { t } = vscode.l10n;

/** What VS Code hands to a command: the clicked item and all selected ones, or a command's own arguments. */
interface Call {
  readonly first: unknown;
  readonly items: readonly unknown[];
  readonly chosen: readonly Computer[] | undefined;
  /** What is selected in the tree, for commands of the palette. */
  readonly suggested: readonly Computer[];
}

type Command = (workbench: Workbench, call: Call) => Promise<void> | void;

const commands: Readonly<Record<string, Command>> = {
  refresh: (workbench) => {
    workbench.refreshNow();
  },
  showMore: ({ fleet }, { first }) => {
    fleet.showMore(String(first));
  },
  showMoreResults: ({ runs }, { first }) => {
    runs.showMore(String(first));
  },
  groupBy: chooseGrouping,
  filter: chooseFilter,
  clearFilter: (workbench) => {
    workbench.arrange({ filter: '' });
  },
  openRun: (workbench, { first }) => openRun(workbench, first),
  rerunFailed: onRun(rerunFailed),
  resumeRun: onRun(resumeRun),
  cancelRun: onRun(cancelRun),
  exportRun: onRun(exportRun),
  planJob: (workbench, { first }) => planJob(workbench, first),
  runJob: (workbench, { first }) => runJob(workbench, first),
  runJobOn: (workbench, { first }) => runJobOn(workbench, first),
  jobHistory: (workbench, { first }) => showJobHistory(workbench, first),
  openJob: async (_, { first }) => {
    const uri = jobUriOf(first);
    if (uri) await vscode.window.showTextDocument(uri);
  },
  createJob,
  inventory: (workbench, { chosen, suggested }) => openInventory(workbench, chosen, suggested),
  show: (workbench, { chosen, suggested }) => chooseNode(workbench, chosen, suggested),
  select: () => undefined,
  openNode: (workbench, { items }) =>
    openNodes(
      workbench,
      items.filter((item) => item instanceof NodeItem),
    ),
  copyCell: (_, { first }) => copy(first, 'cell'),
  copyRow: (_, { first }) => copy(first, 'row'),
  snapshot: (workbench, { chosen, suggested }) => takeSnapshots(workbench, chosen, suggested),
  compareSnapshot: (workbench, { chosen, suggested }) => compareSnapshots(workbench, chosen, suggested),
  trust: (workbench, { chosen, suggested }) => trustCertificates(workbench, chosen, suggested),
  chart: (workbench, { chosen, suggested }) => openSensors(workbench, chosen, suggested),
  console: (workbench, { chosen, suggested }) => openConsoles(workbench, chosen, suggested),
  consoleBreak: sendBreak,
  consolePower: controlPower,
  consoleRecord: recordOrStop,
  check: (workbench, { chosen, suggested }) => showCheck(workbench, chosen, suggested),
  showLog: ({ logs }) => {
    logs.show();
  },
  createFleet,
  setPassword: async (workbench, { chosen }) => {
    await choosePassword(workbench, chosen, t('Enter the password of'), async (key) => {
      if (await workbench.passwords.ask(key)) workbench.refreshNow();
    });
  },
  forgetPassword: async (workbench, { chosen }) => {
    await choosePassword(workbench, chosen, t('Forget the password of'), (key) => workbench.passwords.forget(key));
  },
};

/** Runs a command of ours. `id` is without the prefix `sideband.`; what is not listed here is an operation's. */
export async function runCommand(workbench: Workbench, id: string, args: readonly unknown[]): Promise<void> {
  const [first, second] = args;
  const items: readonly unknown[] = Array.isArray(second) && second.length > 0 ? second : [first];
  const chosen = computersOf(items);
  const call = {
    first,
    items,
    chosen: chosen.length > 0 ? chosen : undefined,
    suggested: computersOf(workbench.views.selected),
  };
  const command = commands[id];
  if (command) await command(workbench, call);
  else await runOperation(workbench, id, call.chosen, call.suggested);
}

/** A command for a run, which an item or an id names. */
function onRun(act: (workbench: Workbench, id: string) => Promise<void> | void): Command {
  return async (workbench, { first }) => {
    const id = runIdOf(first);
    if (id !== undefined) await act(workbench, id);
  };
}

/** A group stands for its computers, and what is below a computer for it. */
function computersOf(items: readonly unknown[]): readonly Computer[] {
  const computers = items.flatMap((item) => {
    if (item instanceof ComputerItem || item instanceof NodeItem || item instanceof NodeFolderItem) {
      return [item.computer];
    }
    return item instanceof GroupItem ? item.computers : [];
  });
  return [...new Set(computers)];
}

/** What the inventory page has told VS Code's menu of the place that was clicked. */
async function copy(place: unknown, part: 'cell' | 'row'): Promise<void> {
  const text = (place as Partial<Record<typeof part, unknown>> | undefined)?.[part];
  if (typeof text === 'string') await vscode.env.clipboard.writeText(text);
}

async function chooseGrouping(workbench: Workbench): Promise<void> {
  const keys = new Set(workbench.sessions.flatMap(({ app }) => [...app.fleet.tagKeys]));
  const tags = [...keys].toSorted().map((key) => ({ label: key, description: t('tag'), groupBy: key }));
  const profile = { label: 'profile', description: '', groupBy: 'profile' };
  const none = { label: t('none'), description: t('one flat list'), groupBy: '' };
  const picked = await vscode.window.showQuickPick([...tags, profile, none], { title: t('Group computers by') });
  if (picked) workbench.arrange({ groupBy: picked.groupBy });
}

async function chooseFilter(workbench: Workbench): Promise<void> {
  const filter = await vscode.window.showInputBox({
    title: t('Filter computers'),
    prompt: t('Targets such as lab-* !lab-07, @build or site=oslo, or a part of the name. Empty shows all.'),
    value: workbench.fleet.arrangement.filter,
  });
  if (filter !== undefined) workbench.arrange({ filter: filter.trim() });
}
