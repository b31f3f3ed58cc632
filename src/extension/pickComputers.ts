import * as vscode from 'vscode';
import type { App } from '../app/app';
import { SidebandError, toSidebandError } from '../base/errors';
import type { Computer } from '../fleet/computer';

/** Asks for targets, with the groups at hand; nothing when the question is dismissed. */
export async function pickComputers(app: App, title: string): Promise<readonly Computer[] | undefined> {
  const names = [...app.fleet.groups.keys()].map((name) => `@${name}`);
  const groups = ['*', ...names].map((label) => ({ label, description: describeTargets(app, label) }));
  const single = app.fleet.computers.map(({ name, host }) => ({ label: name, description: host }));
  const typed: vscode.QuickPickItem = { label: '', alwaysShow: true };
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick();
    const base: vscode.QuickPickItem[] = [
      ...groups,
      { label: 'computers', kind: vscode.QuickPickItemKind.Separator },
      ...single,
    ];
    pick.title = title;
    pick.placeholder = 'Choose a group or a computer, or type targets: lab-* !lab-07, node[001-050], site=oslo';
    pick.items = base;
    pick.onDidChangeValue((value) => {
      const isExpression = value !== '' && !base.some(({ label }) => label.startsWith(value));
      const item = { ...typed, label: value, description: describeTargets(app, value) };
      pick.items = isExpression ? [item, ...base] : base;
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      const targets = chosen?.label ?? pick.value;
      try {
        resolve(app.select(targets));
        pick.hide();
      } catch (thrown) {
        pick.title = `${title}: ${toSidebandError(thrown).message}`;
      }
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function describeTargets(app: App, targets: string): string {
  try {
    const count = app.select(targets).length;
    return `${count} computer${count === 1 ? '' : 's'}`;
  } catch (thrown) {
    return thrown instanceof SidebandError ? thrown.message : '';
  }
}
