import type { ErrorReport } from '../base/errors';
import type { Cell, Node } from '../nodes/node';
import type { ComputerResult } from './result';
import type { ShowReport, Table } from './show';

/** One row of one computer's table. */
export interface ReportRow {
  readonly computer: string;
  /** As many as the report has columns. */
  readonly cells: readonly Cell[];
}

export interface ReportProblem {
  readonly computer: string;
  readonly error: ErrorReport;
}

/** Why a computer can have no rows. */
export interface ReportNote {
  readonly computer: string;
  readonly note: string;
}

/** A node of many computers as one table, and who has no rows in it because something stood against it. */
export interface NodeReport {
  readonly node: string;
  readonly title: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly columns: readonly string[];
  readonly rows: readonly ReportRow[];
  readonly problems: readonly ReportProblem[];
  readonly notes: readonly ReportNote[];
}

/** One table of what was read. */
export function toNodeReport(
  node: Node,
  { startedAt, results }: Pick<ShowReport, 'startedAt' | 'results'>,
): NodeReport {
  return {
    node: node.id,
    title: node.title,
    startedAt,
    columns: node.columns,
    rows: results.flatMap(rowsOf),
    problems: results.flatMap(({ computer, error }) => (error ? [{ computer, error }] : [])),
    notes: results.flatMap(noteOf),
  };
}

/** The rows that a computer's result adds to a report. */
export function rowsOf({ computer, value }: ComputerResult): readonly ReportRow[] {
  return value === undefined ? [] : (value as Table).rows.map((cells) => ({ computer, cells }));
}

/** What a computer's result says in the place of rows. */
export function noteOf({ computer, note }: ComputerResult): readonly ReportNote[] {
  return note === undefined ? [] : [{ computer, note }];
}
