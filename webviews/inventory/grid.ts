import type { Sorting } from '../shared/tableView';
import { type Place, VirtualGrid } from '../shared/virtualGrid';
import { type ColumnLook, lookOf, templateOf, TextMeasure } from './columns';
import { makeHead, markTitles } from './gridHead';
import { fillRow } from './gridRow';
import { cellText, type GridRow, type GridTable, rowText } from './model';

export interface GridEvents {
  onSort(column: number): void;
}

/** The table of a node, in columns as wide as their texts. */
export class Grid {
  readonly #root: HTMLElement;
  readonly #events: GridEvents;
  readonly #frame: VirtualGrid;
  readonly #measure: TextMeasure;
  #head: HTMLElement;
  #table: GridTable = { layout: 'table', isNamed: false, columns: [], rows: [], hidden: 0 };
  /** Tells one set of columns from another: widths and the active cell belong to it. */
  #key = '';
  #looks: readonly ColumnLook[] = [];
  readonly #chosen = new Map<number, number>();

  constructor(root: HTMLElement, events: GridEvents) {
    this.#root = root;
    this.#events = events;
    this.#measure = new TextMeasure(root);
    this.#head = this.#makeHead();
    this.#frame = new VirtualGrid(root, this.#head, {
      fill: (element, index) => {
        const row = this.#table.rows[index];
        if (row) fillRow(element, row);
      },
      onEnter: ({ row, column }) => {
        if (row < 0) this.#events.onSort(column);
      },
    });
    root.addEventListener('pointerover', ({ target }) => {
      revealCut(target);
    });
  }

  /** `key` names what is shown: with another one the grid begins at its top. */
  show(table: GridTable, { key, sorting }: { readonly key: string; readonly sorting: Sorting | undefined }): void {
    const isNew = key !== this.#key || table.columns.length !== this.#table.columns.length;
    this.#table = table;
    if (isNew) {
      this.#key = key;
      this.#looks = [];
      this.#chosen.clear();
      this.#head = this.#makeHead();
      this.#frame.restart(this.#head);
    }
    this.#root.classList.toggle('upright', table.layout === 'upright');
    this.#root.classList.toggle('named', table.isNamed);
    // Columns only grow as rows arrive: a table that jumps cannot be read.
    this.#looks = lookOf(table, this.#measure).map(({ width, isNumeric }, column) => ({
      width: Math.max(width, this.#looks[column]?.width ?? 0),
      isNumeric: isNumeric ?? this.#looks[column]?.isNumeric,
    }));
    markTitles(this.#head, this.#looks, sorting);
    this.#layOut();
    const { rows, columns, layout } = table;
    this.#frame.show({
      rows: rows.length,
      columns: columns.length,
      heights: layout === 'table' ? 'fixed' : 'natural',
    });
  }

  /** The cell and the row at an element of the grid, or else the active one, as text. */
  textAt(target: EventTarget | null): { readonly cell: string; readonly row: string } | undefined {
    const place: Place | undefined = this.#frame.placeOf(target) ?? this.#frame.active;
    const row = place && this.#table.rows[place.row];
    return row && { cell: cellAt(row, place.column), row: rowText(row) };
  }

  #makeHead(): HTMLElement {
    return makeHead(this.#table.columns, {
      onSort: (column) => {
        this.#events.onSort(column);
      },
      onResize: (column, width) => {
        if (width === undefined) this.#chosen.delete(column);
        else this.#chosen.set(column, width);
        this.#layOut();
      },
    });
  }

  #layOut(): void {
    const widths = this.#looks.map(({ width }, column) => this.#chosen.get(column) ?? width);
    this.#root.style.setProperty('--columns', templateOf(widths));
    this.#root.style.setProperty('--width', `${widths.reduce((sum, width) => sum + width, 0)}px`);
  }
}

function cellAt(row: GridRow, column: number): string {
  if (row.kind === 'cells') return cellText(row.cells[column] ?? null);
  return column === 0 && row.computer !== undefined ? row.computer : row.message;
}

/** A text that does not fit can be read in a hover. */
function revealCut(target: EventTarget | null): void {
  if (!(target instanceof HTMLElement) || !target.classList.contains('cell') || target.title !== '') return;
  if (target.scrollWidth > target.clientWidth) target.title = target.textContent;
}
