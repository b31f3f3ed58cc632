import type { Node } from '../../nodes/node';

/** Nodes arranged by their paths: a computer's part of the tree, and its folders. */
export interface NodeFolder {
  /** From the computer downwards; empty for the computer itself. */
  readonly path: readonly string[];
  readonly folders: readonly NodeFolder[];
  readonly nodes: readonly Node[];
}

const folders = new WeakMap<readonly Node[], NodeFolder>();

/** The folders of nodes, in the order in which they come up. Made once for the same array. */
export function arrangeNodes(nodes: readonly Node[]): NodeFolder {
  let folder = folders.get(nodes);
  if (!folder) folders.set(nodes, (folder = folderAt([], nodes)));
  return folder;
}

/** How many items a folder's contents are, those of closed folders left out. */
export function countShown({ folders: inner, nodes }: NodeFolder, isOpen: (folder: NodeFolder) => boolean): number {
  const within = inner.map((folder) => 1 + (isOpen(folder) ? countShown(folder, isOpen) : 0));
  return nodes.length + within.reduce((sum, count) => sum + count, 0);
}

function folderAt(path: readonly string[], nodes: readonly Node[]): NodeFolder {
  const names = [...new Set(nodes.flatMap((node) => node.path[path.length] ?? []))];
  return {
    path,
    folders: names.map((name) =>
      folderAt(
        [...path, name],
        nodes.filter((node) => node.path[path.length] === name),
      ),
    ),
    nodes: nodes.filter((node) => node.path.length === path.length),
  };
}
