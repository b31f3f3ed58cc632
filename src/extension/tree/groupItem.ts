import * as vscode from 'vscode';
import type { Computer } from '../../fleet/computer';

const { t } = vscode.l10n;

export interface GroupDefinition {
  readonly id: string;
  readonly title: string;
  readonly computers: readonly Computer[];
  /** Groups inside it; absent when it holds computers. */
  readonly groups?: readonly GroupItem[];
  readonly expanded: boolean;
}

/** Computers that share a tag, a site, a profile or a folder. */
export class GroupItem extends vscode.TreeItem {
  override readonly id: string;
  readonly computers: readonly Computer[];
  readonly groups: readonly GroupItem[] | undefined;
  /** Whether it is open unless the user has said otherwise. */
  readonly expanded: boolean;

  constructor({ id, title, computers, groups, expanded }: GroupDefinition) {
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    super(title, expanded ? Expanded : Collapsed);
    this.id = id;
    this.computers = computers;
    this.groups = groups;
    this.expanded = expanded;
    this.contextValue = 'group';
    this.iconPath = new vscode.ThemeIcon(groups ? 'root-folder' : 'server-environment');
    this.update();
  }

  /** Counts again; returns whether its words have changed. */
  update(): boolean {
    const before = this.description;
    this.description = describe(this.computers, this.groups === undefined);
    return this.description !== before;
  }
}

function describe(computers: readonly Computer[], withStates: boolean): string {
  const total = computers.length;
  if (!withStates || !vscode.workspace.isTrusted) return total === 1 ? t('1 computer') : t('{0} computers', total);
  const silent = computers.filter(({ seen }) => seen.problem).length;
  const on = computers.filter(({ seen }) => seen.power === 'on' && !seen.problem).length;
  const parts = [t('{0} of {1} on', on, total)];
  if (silent > 0) parts.push(t('{0} with problems', silent));
  return parts.join(' · ');
}

/** Stands for the rest of a long list. */
export class MoreItem extends vscode.TreeItem {
  constructor(group: string, hidden: number, pageSize: number) {
    super(t('Show {0} more…', Math.min(hidden, pageSize)));
    this.id = `${group}/more`;
    this.description = t('{0} not shown', hidden);
    this.iconPath = new vscode.ThemeIcon('more');
    this.command = { command: 'sideband.showMore', title: t('Show More'), arguments: [group] };
  }
}
