import { outcomesByUrgency, type ShownOutcome } from '../shared/outcomes';
import { naturalKey } from '../shared/tableView';
import type { Matrix } from './matrix';

export const sortKeys = ['urgency', 'name', 'duration', 'plan'] as const;
/** `plan`: in the order in which the run goes through them. */
export type SortKey = (typeof sortKeys)[number];

/** Which rows are shown, and in which order. */
export interface MatrixView {
  /** Words that a computer's name must have. */
  readonly query: string;
  /** Empty: all outcomes. */
  readonly outcomes: readonly ShownOutcome[];
  readonly sort: SortKey;
  /** Whose outcomes or durations sort; 0 is the computer as a whole. */
  readonly column: number;
}

/** What a title sorts by when it is chosen, and chosen again. The one after all columns is that of the durations. */
export function nextSort(
  { sort, column }: MatrixView,
  title: number,
  columns: number,
): Pick<MatrixView, 'sort' | 'column'> {
  const isWhole = column === 0;
  if (title === 0) return { sort: isWhole && sort === 'urgency' ? 'name' : 'urgency', column: 0 };
  if (title === columns) return { sort: isWhole && sort === 'duration' ? 'urgency' : 'duration', column: 0 };
  if (title !== column) return { sort: 'urgency', column: title };
  return sort === 'urgency' ? { sort: 'duration', column } : { sort: 'urgency', column: 0 };
}

/** Puts the rows of one run in order. The names are looked at once: they do not change. */
export class RowOrder {
  readonly #names: readonly string[];
  #ranks: Uint32Array | undefined;

  constructor(computers: readonly string[]) {
    this.#names = computers.map((name) => name.toLowerCase());
  }

  /** The rows that a view leaves, in its order. Ten thousand take a few milliseconds. */
  rows(matrix: Matrix, { query, outcomes, sort, column }: MatrixView): Uint32Array {
    const rows = this.#filter(matrix, query, outcomes);
    if (sort === 'urgency') return byUrgency(rows, matrix, column);
    if (sort === 'name') {
      const ranks = (this.#ranks ??= rank(this.#names));
      return rows.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
    }
    if (sort === 'plan') return rows;
    return rows.sort((a, b) => matrix.durationMs(b, column) - matrix.durationMs(a, column) || a - b);
  }

  #filter(matrix: Matrix, query: string, outcomes: readonly ShownOutcome[]): Uint32Array {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = outcomesByUrgency.map((outcome) => outcomes.length === 0 || outcomes.includes(outcome));
    const rows = new Uint32Array(this.#names.length);
    let count = 0;
    for (const [row, name] of this.#names.entries()) {
      if (!wanted[matrix.urgency(row, 0)] || !words.every((word) => name.includes(word))) continue;
      rows[count++] = row;
    }
    return rows.subarray(0, count);
  }
}

/** Each outcome's rows one after the other, and within an outcome as they were. */
function byUrgency(rows: Uint32Array, matrix: Matrix, column: number): Uint32Array {
  const next = new Uint32Array(outcomesByUrgency.length + 1);
  for (const row of rows) {
    const after = matrix.urgency(row, column) + 1;
    next[after] = (next[after] ?? 0) + 1;
  }
  for (let outcome = 1; outcome < next.length; outcome++)
    next[outcome] = (next[outcome] ?? 0) + (next[outcome - 1] ?? 0);
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) {
    const outcome = matrix.urgency(row, column);
    const place = next[outcome] ?? 0;
    sorted[place] = row;
    next[outcome] = place + 1;
  }
  return sorted;
}

function rank(names: readonly string[]): Uint32Array {
  const keys = names.map((name, row) => ({ key: naturalKey(name), row }));
  keys.sort((a, b) => (a.key === b.key ? a.row - b.row : a.key < b.key ? -1 : 1));
  const ranks = new Uint32Array(names.length);
  for (const [place, { row }] of keys.entries()) ranks[row] = place;
  return ranks;
}
