import type { Cell } from '../../nodes/node';
import type { ReportFormat } from './format';

/** The document of `sideband show --json`, as far as a report knows it. */
export const json: ReportFormat = {
  name: 'json',
  title: 'JSON',
  extension: 'json',
  format({ node, startedAt, columns, rows, problems, notes }) {
    const byComputer = new Map<string, (readonly Cell[])[]>();
    for (const { computer, cells } of rows) {
      const known = byComputer.get(computer);
      if (known) known.push(cells);
      else byComputer.set(computer, [cells]);
    }
    const answered = [...byComputer].map(([computer, own]) => ({ computer, ok: true, value: { columns, rows: own } }));
    const failed = problems.map(({ computer, error }) => ({ computer, ok: false, error }));
    const lacking = notes.map(({ computer, note }) => ({ computer, ok: true, value: { columns, rows: [] }, note }));
    return `${JSON.stringify({ node, startedAt, results: [...answered, ...lacking, ...failed] }, undefined, 2)}\n`;
  },
};
