import * as vscode from 'vscode';
import type { Computer } from '../../fleet/computer';
import { sourcesFor } from '../../jobs/offeredNodes';
import type { Node } from '../../nodes/node';
import type { NodeFolder } from './nodeFolder';

const { t } = vscode.l10n;
const icons: Readonly<Record<Node['kind'], vscode.ThemeIcon>> = {
  information: new vscode.ThemeIcon('table'),
  audit: new vscode.ThemeIcon('pulse'),
};

export type BelowComputer = NodeFolderItem | NodeItem;

/** What menus ask about. Items below a computer have its words, too: a menu over many items has only what fits all of them. */
export function kindsOf({ accesses }: Pick<Computer, 'accesses'>): readonly string[] {
  return ['computer', ...accesses.map(({ technology }) => technology)];
}

/** A folder of nodes below a computer, such as Hardware. */
export class NodeFolderItem extends vscode.TreeItem {
  override readonly id: string;
  readonly computer: Computer;
  readonly #folder: NodeFolder;
  readonly #parent: string;
  #children: readonly BelowComputer[] | undefined;

  constructor(computer: Computer, folder: NodeFolder, parent: string) {
    super(folder.path.at(-1) ?? '', vscode.TreeItemCollapsibleState.Collapsed);
    this.id = folderId(parent, folder);
    this.contextValue = [...kindsOf(computer), 'folder'].join(' ');
    this.computer = computer;
    this.#folder = folder;
    this.#parent = parent;
  }

  get children(): readonly BelowComputer[] {
    return (this.#children ??= itemsOf(this.computer, this.#folder, this.#parent));
  }
}

/** A node of one computer. A click opens it. */
export class NodeItem extends vscode.TreeItem {
  readonly computer: Computer;
  readonly node: Node;

  constructor(computer: Computer, node: Node, parent: string) {
    super(node.title);
    const sources = sourcesFor(computer, node)
      .map(({ technologyTitle }) => technologyTitle)
      .join(', ');
    this.computer = computer;
    this.node = node;
    this.id = `${parent}/:${node.id}`;
    this.contextValue = [...kindsOf(computer), 'node'].join(' ');
    this.iconPath = icons[node.kind];
    this.description = sources;
    this.tooltip = t('{0}\nFrom {1}.', node.description, sources);
    this.accessibilityInformation = { label: t('{0}, from {1}', node.title, sources) };
    this.command = { command: 'sideband.openNode', title: t('Open'), arguments: [this] };
  }
}

/** What stands in a folder. `parent` is the id of the computer's item. */
export function itemsOf(computer: Computer, { folders, nodes }: NodeFolder, parent: string): readonly BelowComputer[] {
  return [
    ...folders.map((folder) => new NodeFolderItem(computer, folder, parent)),
    ...nodes.map((node) => new NodeItem(computer, node, parent)),
  ];
}

export function folderId(parent: string, { path }: NodeFolder): string {
  return `${parent}/:${path.join('/')}/`;
}
