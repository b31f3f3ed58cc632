export type CsvCell = string | number | boolean | null;

/** RFC 4180: lines end with CRLF. */
export function formatCsv(lines: readonly (readonly CsvCell[])[]): string {
  return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

function field(cell: CsvCell): string {
  if (typeof cell !== 'string') return String(cell ?? '');
  const text = isFormula(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A spreadsheet would calculate it, and a device can say what it likes; numbers such as -5 are harmless. */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text);
}
