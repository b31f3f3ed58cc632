import { escapeMarkdown, markdownTable } from '../../base/markdown';
import type { Cell } from '../../nodes/node';
import type { ReportFormat } from './format';

/** A heading, a table, and below it who did not answer, and who can have no rows. */
export const markdown: ReportFormat = {
  name: 'md',
  title: 'Markdown',
  extension: 'md',
  format({ title, startedAt, columns, rows, problems, notes }) {
    const escape = (cell: Cell): string => escapeMarkdown(String(cell ?? ''));
    const table = markdownTable(
      ['Computer', ...columns],
      rows.map(({ computer, cells }) => [computer, ...cells].map(escape)),
    );
    const failed = markdownTable(
      ['Computer', 'Error'],
      problems.map(({ computer, error }) => [computer, error.message].map(escape)),
    );
    const lacking = markdownTable(
      ['Computer', 'Why'],
      notes.map(({ computer, note }) => [computer, note].map(escape)),
    );
    const parts = [
      `# ${escapeMarkdown(title)}`,
      `Read ${startedAt.slice(0, 19).replace('T', ' ')} UTC.`,
      rows.length > 0 ? table : 'There are no rows.',
      ...(problems.length > 0 ? ['## Without an answer', failed] : []),
      ...(notes.length > 0 ? ['## Can have none', lacking] : []),
    ];
    return `${parts.join('\n\n')}\n`;
  },
};
