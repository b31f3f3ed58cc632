import { type CsvCell, formatCsv } from '../../../base/csv';
import type { Table } from '../../show';
import { casesOf, type RunCase } from '../runCases';
import type { RunFormat } from '../runFormat';

const head = [
  'Computer',
  'Step',
  'Title',
  'Operation',
  'Outcome',
  'Technology',
  'Attempts',
  'DurationMs',
  'Before',
  'Value',
  'Note',
  'Error',
  'Message',
];

/**
 * One header line, and a line for each computer and step. A step that read a table has a line for each of its rows; the columns of all
 * tables stand behind the others.
 */
export const csv: RunFormat = {
  name: 'csv',
  title: 'CSV',
  extension: 'csv',
  format(document) {
    const { record } = document;
    const cases = casesOf(document);
    const columns = [...new Set(cases.flatMap(({ value }) => (isTable(value) ? value.columns : [])))];
    const subject = record.job ? {} : { title: record.title, uses: record.subject };
    const lines = cases.flatMap((one) => linesOf(one, subject, columns));
    return formatCsv([[...head, ...columns], ...lines]);
  },
};

interface Subject {
  readonly title?: string;
  readonly uses?: string;
}

function linesOf(one: RunCase, subject: Subject, columns: readonly string[]): readonly (readonly CsvCell[])[] {
  const { computer, step, outcome, technology, attempts, durationMs, before, value, note, error } = one;
  const { id, title, uses }: Subject & { readonly id?: string } = step ?? subject;
  const facts = [
    computer,
    id ?? null,
    title ?? null,
    uses ?? null,
    outcome,
    technology ?? null,
    attempts ?? null,
    durationMs,
    before ?? null,
    isTable(value) ? null : valueText(value),
    note ?? null,
    error?.code ?? null,
    error?.message ?? null,
  ];
  if (!isTable(value) || value.rows.length === 0) return [[...facts, ...columns.map(() => null)]];
  const places = columns.map((column) => value.columns.indexOf(column));
  return value.rows.map((row) => [...facts, ...places.map((place) => row[place] ?? null)]);
}

/** What a step that read a node has for its value. */
function isTable(value: unknown): value is Table {
  return (
    typeof value === 'object' &&
    value !== null &&
    'columns' in value &&
    Array.isArray(value.columns) &&
    'rows' in value &&
    Array.isArray(value.rows)
  );
}

function valueText(value: unknown): CsvCell {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
