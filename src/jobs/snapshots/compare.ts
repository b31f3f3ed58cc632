import type { Node } from '../../nodes/node';
import { type Facts, keyOf, type Snapshot } from './snapshot';

const detailsAtMost = 4;

/** A difference between two snapshots of one computer. */
export interface Difference {
  /** The node's id. */
  readonly node: string;
  readonly kind: 'gone' | 'new' | 'changed';
  /** `Physical Memory: BANK 1 gone (Size 8 GiB, Serial number 1738)` */
  readonly text: string;
}

/** What became different from one snapshot to the next, node by node. Contents of nodes that only one of them has are all gone, or all new. */
export function compareSnapshots(before: Snapshot, after: Snapshot, nodes: readonly Node[]): readonly Difference[] {
  const ids = [...new Set([...before.nodes.keys(), ...after.nodes.keys()])].toSorted();
  return ids.flatMap((id) => {
    const node = nodes.find((one) => one.id === id) ?? { id, title: id };
    return compareRows(node, before.nodes.get(id) ?? [], after.nodes.get(id) ?? []);
  });
}

type Known = Pick<Node, 'id' | 'title' | 'key'>;

function compareRows(node: Known, before: readonly Facts[], after: readonly Facts[]): readonly Difference[] {
  const { id, title, key } = node;
  const [left, come] = [without(before, after), without(after, before)];
  const isSingle = before.length === 1 && after.length === 1;
  const waiting = [...come];
  const found: Difference[] = [];
  for (const row of left) {
    const match = waiting.findIndex((one) => isSingle || nameOf(one, key) === nameOf(row, key));
    const [partner] = match < 0 ? [] : waiting.splice(match, 1);
    if (!partner) {
      found.push({ node: id, kind: 'gone', text: `${title}: ${nameOf(row, key)} gone${details(row, key)}` });
    } else {
      const whose = isSingle ? title : `${title}: ${nameOf(row, key)}`;
      found.push({ node: id, kind: 'changed', text: `${whose}: ${describeChanges(row, partner)}` });
    }
  }
  for (const row of waiting) {
    found.push({ node: id, kind: 'new', text: `${title}: ${nameOf(row, key)} new${details(row, key)}` });
  }
  return found;
}

/** The rows that have no equal among the others; each equal counts once. */
function without(rows: readonly Facts[], others: readonly Facts[]): readonly Facts[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(textOf(other), (counts.get(textOf(other)) ?? 0) + 1);
  return rows.filter((row) => {
    const count = counts.get(textOf(row)) ?? 0;
    counts.set(textOf(row), count - 1);
    return count <= 0;
  });
}

function textOf(row: Facts): string {
  return JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function nameOf(row: Facts, key: readonly string[] | undefined): string {
  return keyOf(row, key).filter(Boolean).join(' ') || '(without a name)';
}

function details(row: Facts, key: readonly string[] | undefined): string {
  const others = Object.entries(row).filter(([column], index) => (key ? !key.includes(column) : index > 0));
  if (others.length === 0) return '';
  const shown = others.slice(0, detailsAtMost).map(([column, value]) => `${column} ${value}`);
  return ` (${[...shown, ...(others.length > detailsAtMost ? ['…'] : [])].join(', ')})`;
}

function describeChanges(before: Facts, after: Facts): string {
  const columns = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return columns
    .filter((column) => before[column] !== after[column])
    .map((column) => `${column} ${before[column] ?? '(none)'} → ${after[column] ?? '(none)'}`)
    .join(', ');
}
