export type Cell = string | number | boolean | null;

/** One row of one computer's table. */
export interface Line {
  readonly computer: string;
  readonly cells: readonly Cell[];
}

export interface Sorting {
  /** 0 is the computer, 1 the first cell. */
  readonly column: number;
  readonly direction: 'ascending' | 'descending';
}

/** What of a table is shown, and in which order. */
export interface TableView {
  /** Words that a row must have, in whatever cell; empty for all rows. */
  readonly query: string;
  /** Absent: in the order in which the rows came. */
  readonly sorting?: Sorting;
}

/** The rows that a view leaves, in its order. Ten thousand take a few milliseconds. */
export function applyView<Row extends Line>(lines: readonly Row[], { query, sorting }: TableView): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = words.length === 0 ? lines : lines.filter((line) => matches(line, words));
  return sorting ? sort(matching, sorting) : matching;
}

/** The cells of a row with the computer before them. */
export function cellAt({ computer, cells }: Line, column: number): Cell {
  return column === 0 ? computer : (cells[column - 1] ?? null);
}

function matches({ computer, cells }: Line, words: readonly string[]): boolean {
  const text = `${computer}\n${cells.join('\n')}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Numbers come before text, and what is empty comes last, whatever the direction. */
function sort<Row extends Line>(lines: readonly Row[], { column, direction }: Sorting): readonly Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const keyed = lines.map((line, index) => ({ line, index, key: keyOf(cellAt(line, column)) }));
  keyed.sort((a, b) => {
    if (a.key === b.key) return a.index - b.index;
    if (a.key === undefined) return 1;
    if (b.key === undefined) return -1;
    return sign * compare(a.key, b.key);
  });
  return keyed.map(({ line }) => line);
}

function compare(one: number | string, other: number | string): number {
  if (typeof one === typeof other) return one < other ? -1 : 1;
  return typeof one === 'number' ? -1 : 1;
}

function keyOf(cell: Cell): number | string | undefined {
  if (cell === null || cell === '') return undefined;
  return typeof cell === 'number' ? cell : naturalKey(String(cell));
}

/** Text whose numbers are compared as such, without the cost of a collator. */
export function naturalKey(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}
