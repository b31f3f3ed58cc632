import { printable } from './printable';

/** Columns of text, as wide as their widest cell; the last one is as long as it likes. */
export function formatTable(rows: readonly (readonly string[])[], head?: readonly string[]): string {
  const all = (head ? [head, ...rows] : rows).map((row) => row.map(printable));
  const widths = (all[0] ?? []).map((_, column) =>
    all.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
  );
  return all.map((row) => `${formatRow(row, widths)}\n`).join('');
}

export function formatRow(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
    .join('  ')
    .trimEnd();
}

/** A name and its explanation, a line each, indented. */
export function formatList(entries: readonly (readonly [name: string, explanation: string])[]): string {
  return formatTable(entries.map(([name, explanation]) => [`  ${name}`, explanation]));
}
