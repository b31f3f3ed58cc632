import type { Cell } from '../../nodes/node';
import type { ReportFormat } from './format';

/** RFC 4180: one header line, lines end with CRLF. What stands against a computer is in the last column. */
export const csv: ReportFormat = {
  name: 'csv',
  title: 'CSV',
  extension: 'csv',
  format({ columns, rows, problems }) {
    const gaps = columns.map(() => null);
    const lines: readonly (readonly Cell[])[] = [
      ['Computer', ...columns, 'Error'],
      ...rows.map(({ computer, cells }) => [computer, ...cells, null]),
      ...problems.map(({ computer, error }) => [computer, ...gaps, `${error.code}: ${error.message}`]),
    ];
    return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('');
  },
};

function field(cell: Cell): string {
  if (typeof cell !== 'string') return String(cell ?? '');
  const text = isFormula(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A spreadsheet would calculate it, and a device can say what it likes; numbers such as -5 are harmless. */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text);
}
