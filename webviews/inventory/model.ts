import { counted } from '../shared/counted';
import { applyView, type Cell, type Line, type TableView } from '../shared/tableView';
import type { InventorySnapshot, Problem } from './contract';

/** A row of the grid: cells, or what stands against a computer. */
export type GridRow =
  | { readonly kind: 'cells'; readonly cells: readonly Cell[] }
  | {
      readonly kind: 'problem';
      readonly computer: string | undefined;
      readonly message: string;
      readonly advice: string;
    };

export interface GridTable {
  /** `upright`: the facts of a single row, one below the other. */
  readonly layout: 'table' | 'upright';
  /** Whether the first column names the computer. */
  readonly isNamed: boolean;
  readonly columns: readonly string[];
  readonly rows: readonly GridRow[];
  /** Rows that the query has left out. */
  readonly hidden: number;
}

/** What the grid shows of a snapshot. */
export function toTable(snapshot: InventorySnapshot, view: TableView): GridTable {
  const { computers, columns, lines } = snapshot;
  const problems = against(snapshot);
  const isAlone = computers.length === 1;
  const [only] = lines;
  if (isAlone && only && lines.length === 1) return upright(columns, only, view);
  const shown = applyView(lines, view);
  const troubled = filterProblems(problems, view.query);
  const cells = shown.map((line): GridRow => ({
    kind: 'cells',
    cells: isAlone ? line.cells : [line.computer, ...line.cells],
  }));
  return {
    layout: 'table',
    isNamed: !isAlone,
    columns: isAlone ? columns : ['Computer', ...columns],
    rows: [...cells, ...troubled.map((problem) => toRow(problem, isAlone))],
    hidden: lines.length - shown.length + problems.length - troubled.length,
  };
}

/** The column of the view that a column of the grid sorts by. */
export function viewColumn({ computers }: InventorySnapshot, column: number): number {
  return computers.length === 1 ? column + 1 : column;
}

/** How the user reads a cell; for copying, too. */
export function cellText(cell: Cell): string {
  return cell === null ? '' : String(cell);
}

export function rowText(row: GridRow): string {
  return row.kind === 'cells'
    ? row.cells.map(cellText).join('\t')
    : [row.computer, row.message].filter(Boolean).join('\t');
}

/** The status line: who has answered, what is shown, what is left out. */
export function describe(
  { computers, pending, problems, notes, lines }: InventorySnapshot,
  { layout, hidden }: GridTable,
): string {
  const parts: string[] = [];
  if (computers.length > 1) {
    const answered = computers.length - pending;
    parts.push(
      pending > 0 ? `${answered} of ${counted(computers.length, 'computer')}` : counted(computers.length, 'computer'),
    );
    if (problems.length > 0) parts.push(`${problems.length} without an answer`);
    if (notes.length > 0) parts.push(`${notes.length} that can have none`);
  }
  if (layout === 'table') {
    const total = lines.length + problems.length + notes.length;
    parts.push(hidden > 0 ? `${total - hidden} of ${counted(total, 'row')}` : counted(lines.length, 'row'));
  }
  return parts.join(' · ');
}

function upright(columns: readonly string[], { cells }: Line, { query }: TableView): GridTable {
  const facts = columns.map((column, index): Line => ({ computer: column, cells: [cells[index] ?? null] }));
  const shown = applyView(facts, { query });
  return {
    layout: 'upright',
    isNamed: false,
    columns: ['Property', 'Value'],
    rows: shown.map(({ computer: column, cells: [value = null] }) => ({ kind: 'cells', cells: [column, value] })),
    hidden: facts.length - shown.length,
  };
}

/** What stands in the place of rows: no answer, or none that there could be. */
function against({ problems, notes }: InventorySnapshot): readonly Problem[] {
  return [...problems, ...notes.map(({ computer, note }) => ({ computer, message: note, advice: '' }))];
}

function filterProblems(problems: readonly Problem[], query: string): readonly Problem[] {
  const lines = problems.map((problem) => ({ computer: problem.computer, cells: [problem.message], problem }));
  return applyView(lines, { query }).map(({ problem }) => problem);
}

function toRow({ computer, message, advice }: Problem, isAlone: boolean): GridRow {
  return { kind: 'problem', computer: isAlone ? undefined : computer, message, advice };
}
