import * as vscode from 'vscode';
import type { Computer } from '../fleet/computer';
import { showCheckDocument, showNodeDocument } from './documents';
import { runOperation } from './operationCommands';
import type { RunItem } from './runs/runItems';
import { ComputerItem } from './tree/computerItem';
import type { FleetItem } from './tree/fleetTree';
import { GroupItem } from './tree/groupItem';
import type { Workbench } from './workbench';

/** Runs a command of ours that needs the workbench. `id` is without the prefix `sideband.`. */
export async function runCommand(workbench: Workbench, id: string, args: readonly unknown[]): Promise<void> {
  const [first, second] = args;
  switch (id) {
    case 'refresh':
      workbench.refreshNow();
      return;
    case 'showMore':
      workbench.fleet.showMore(String(first));
      return;
    case 'showMoreResults':
      workbench.runs.showMore(String(first));
      return;
    case 'groupBy':
      await chooseGrouping(workbench);
      return;
    case 'filter':
      await chooseFilter(workbench);
      return;
    case 'clearFilter':
      workbench.arrange({ filter: '' });
      return;
    case 'rerunFailed':
      await workbench.rerunFailed((first as RunItem).run.id);
      return;
    case 'show':
      await showNodeDocument(workbench, computersOf(first, second));
      return;
    case 'check':
      await showCheckDocument(workbench, computersOf(first, second));
      return;
    case 'showLog':
      workbench.logs.show();
      return;
    case 'setPassword':
      await choosePassword(workbench, async (key) => workbench.enterPassword(key));
      return;
    case 'forgetPassword':
      await choosePassword(workbench, async (key) => {
        const was = await workbench.passwords.forget(key);
        void vscode.window.showInformationMessage(was ? 'The password is forgotten.' : 'There was no password.');
      });
      return;
    default:
      await runOperation(workbench, id, computersOf(first, second));
  }
}

/** VS Code hands over the clicked item and all selected ones; a group stands for its computers. */
function computersOf(clicked: unknown, selected: unknown): readonly Computer[] | undefined {
  const items = Array.isArray(selected) && selected.length > 0 ? (selected as FleetItem[]) : [clicked as FleetItem];
  const computers = items.flatMap((item) => {
    if (item instanceof ComputerItem) return [item.computer];
    return item instanceof GroupItem ? item.computers : [];
  });
  return computers.length > 0 ? [...new Set(computers)] : undefined;
}

async function chooseGrouping(workbench: Workbench): Promise<void> {
  const tags = [...workbench.app.fleet.tagKeys].map((key) => ({ label: key, description: 'tag' }));
  const items = [...tags, { label: 'profile', description: '' }, { label: 'none', description: 'one flat list' }];
  const picked = await vscode.window.showQuickPick(items, { title: 'Group computers by' });
  if (picked) workbench.arrange({ groupBy: picked.label === 'none' ? '' : picked.label });
}

async function chooseFilter(workbench: Workbench): Promise<void> {
  const filter = await vscode.window.showInputBox({
    title: 'Filter computers',
    prompt: 'Targets (lab-* !lab-07, @build, site=oslo) or a part of the name',
    value: workbench.fleet.arrangement.filter,
  });
  if (filter !== undefined) workbench.arrange({ filter: filter.trim() });
}

interface ProfileKey {
  readonly profile: string;
  readonly technology: string;
}

async function choosePassword(workbench: Workbench, act: (key: ProfileKey) => Promise<void>): Promise<void> {
  const keys = new Map<string, ProfileKey>();
  for (const { profile, accesses } of workbench.app.fleet.computers) {
    if (profile === undefined) continue;
    for (const { technology } of accesses) keys.set(`${profile} (${technology})`, { profile, technology });
  }
  const picked = keys.size === 1 ? [...keys.keys()][0] : await vscode.window.showQuickPick([...keys.keys()], { title: 'Profile' });
  const key = picked === undefined ? undefined : keys.get(picked);
  if (key) await act(key);
}

