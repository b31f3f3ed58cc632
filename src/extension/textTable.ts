/** Columns of text, each as wide as its widest cell. */
export function formatTable(rows: readonly (readonly string[])[], head?: readonly string[]): string {
  const all = head ? [head, head.map((title) => '-'.repeat(title.length)), ...rows] : rows;
  const widths: number[] = [];
  for (const row of all) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return `${all.map(line).join('\n')}\n`;
}
