import type { VscodeTree } from '@vscode-elements/elements/dist/vscode-tree/vscode-tree.js';
import type { VscodeTreeItem } from '@vscode-elements/elements/dist/vscode-tree-item/vscode-tree-item.js';
import type { NodeEntry } from './contract';

/** Fills the tree with nodes in their folders, and calls when one is chosen. */
export class NodeList {
  readonly #tree: VscodeTree;
  readonly #items = new Map<string, VscodeTreeItem>();
  #key = '';

  constructor(tree: VscodeTree, onChoose: (node: string) => void) {
    this.#tree = tree;
    tree.addEventListener('vsc-tree-select', () => {
      const chosen = [...this.#items].find(([, item]) => item.selected);
      if (chosen) onChoose(chosen[0]);
    });
  }

  show(nodes: readonly NodeEntry[], chosen: string): void {
    const key = nodes.map(({ id }) => id).join(' ');
    if (key !== this.#key) this.#fill(nodes);
    this.#key = key;
    for (const [id, item] of this.#items) {
      if (item.selected !== (id === chosen)) item.selected = id === chosen;
      if (id === chosen && !item.active) item.active = true;
    }
  }

  #fill(nodes: readonly NodeEntry[]): void {
    this.#items.clear();
    this.#tree.replaceChildren();
    const folders = new Map<string, Element>();
    for (const node of nodes) {
      const item = makeItem(node.title);
      item.title = node.description;
      this.#items.set(node.id, item);
      folderOf(this.#tree, folders, node.path).append(item);
    }
  }
}

function folderOf(root: Element, folders: Map<string, Element>, path: readonly string[]): Element {
  const name = path.at(-1);
  if (name === undefined) return root;
  const key = path.join('\n');
  let folder = folders.get(key);
  if (!folder) {
    const made = makeItem(name);
    made.branch = true;
    made.open = true;
    folderOf(root, folders, path.slice(0, -1)).append(made);
    folders.set(key, (folder = made));
  }
  return folder;
}

function makeItem(text: string): VscodeTreeItem {
  const item = document.createElement('vscode-tree-item');
  const label = document.createElement('span');
  label.textContent = text;
  item.append(label);
  return item;
}
