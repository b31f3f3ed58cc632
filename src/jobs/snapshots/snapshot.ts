import * as z from 'zod';
import { SidebandError } from '../../base/errors';
import { formatProblem } from '../../base/problem';
import { formatYamlScalar } from '../../base/yaml/formatScalar';
import { parseYamlFile } from '../../base/yaml/yamlFile';
import type { Node, Row } from '../../nodes/node';

/** A row of a node, by column; empty cells are left out. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** What a computer consists of, as text that a repository keeps and people compare. */
export interface Snapshot {
  readonly computer: string;
  /** Rows by the node's id. */
  readonly nodes: ReadonlyMap<string, readonly Facts[]>;
}

const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const schema = z.strictObject({
  version: z.literal(1),
  computer: z.string(),
  nodes: z.record(z.string(), z.array(facts)).default({}),
});
const natural = new Intl.Collator('en', { numeric: true });

/** Whether snapshots have the node unless others are asked for. */
export function isInSnapshots({ kind, volatile }: Node): boolean {
  return kind === 'information' || volatile !== undefined;
}

/** A node's rows as facts, without what changes by itself, in an order that does not depend on the device. */
export function toFacts({ columns, key, volatile = [] }: Node, rows: readonly Row[]): readonly Facts[] {
  const kept = columns.map((column, index) => ({ column, index })).filter(({ column }) => !volatile.includes(column));
  const all = rows.map((row) => {
    const cells = kept.flatMap(({ column, index }) => {
      const cell = row[index];
      return cell === null || cell === undefined || cell === '' ? [] : [[column, cell] as const];
    });
    return Object.fromEntries(cells);
  });
  const order = new Map(all.map((one) => [one, JSON.stringify([...keyOf(one, key), ...Object.values(one)])]));
  return all.toSorted((a, b) => compare(order.get(a) ?? '', order.get(b) ?? ''));
}

/** What names a row among those of its node. */
export function keyOf(row: Facts, key: readonly string[] | undefined): readonly string[] {
  if (!key) return Object.values(row).slice(0, 1).map(String);
  return key.map((column) => String(row[column] ?? ''));
}

/** The text of a snapshot: the same for the same facts. */
export function formatSnapshot({ computer, nodes }: Snapshot): string {
  const lines = [`# What ${computer} consists of. Written by \`sideband snapshot\`.`, 'version: 1'];
  lines.push(`computer: ${formatYamlScalar(computer)}`, nodes.size > 0 ? 'nodes:' : 'nodes: {}');
  for (const [id, rows] of [...nodes].toSorted(([a], [b]) => compare(a, b))) {
    lines.push(rows.length > 0 ? `  ${id}:` : `  ${id}: []`);
    for (const row of rows) {
      const entries = Object.entries(row).map(
        ([name, value]) => `${formatYamlScalar(name)}: ${formatYamlScalar(value)}`,
      );
      lines.push(
        entries.length > 0
          ? entries.map((entry, index) => `${index === 0 ? '    - ' : '      '}${entry}`).join('\n')
          : '    - {}',
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Reads a snapshot's text. Throws `file.invalid` with every mistake and its place. */
export function parseSnapshot(text: string, file: string): Snapshot {
  const { value, problems } = parseYamlFile(text, file, schema);
  if (!value) throw new SidebandError('file.invalid', problems.map(formatProblem).join('; '));
  return { computer: value.computer, nodes: new Map(Object.entries(value.nodes)) };
}

function compare(one: string, other: string): number {
  return natural.compare(one, other) || (one < other ? -1 : Number(one > other));
}
