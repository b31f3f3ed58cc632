import { formatCsv } from '../../base/csv';
import type { ReportFormat } from './format';

/** One header line. What stands against a computer is in the last column. */
export const csv: ReportFormat = {
  name: 'csv',
  title: 'CSV',
  extension: 'csv',
  format({ columns, rows, problems }) {
    const gaps = columns.map(() => null);
    return formatCsv([
      ['Computer', ...columns, 'Error'],
      ...rows.map(({ computer, cells }) => [computer, ...cells, null]),
      ...problems.map(({ computer, error }) => [computer, ...gaps, `${error.code}: ${error.message}`]),
    ]);
  },
};
