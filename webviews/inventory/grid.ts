import type { Sorting } from '../shared/tableView';
import { type ColumnLook, lookOf, templateOf, TextMeasure } from './columns';
import { makeHead, markTitles } from './gridHead';
import { fillRow, makeRow } from './gridRow';
import { cellText, type GridRow, type GridTable, rowText } from './model';

/** As in the style sheet. */
const [rowHeight, headHeight] = [24, 28];
/** Rows beyond the visible ones, so that a quick scroll shows no gap. */
const spare = 8;
const headRow = -1;

interface Place {
  /** -1 is the head. */
  readonly row: number;
  readonly column: number;
}

export interface GridEvents {
  onSort(column: number): void;
}

/** A table of any length, of which only the visible rows are in the page. One cell is active: keys move it, and it can be copied. */
export class Grid {
  readonly #root: HTMLElement;
  readonly #events: GridEvents;
  readonly #body = document.createElement('div');
  readonly #measure: TextMeasure;
  readonly #shown = new Map<number, HTMLElement>();
  #spare: HTMLElement[] = [];
  #head: HTMLElement;
  #table: GridTable = { layout: 'table', isNamed: false, columns: [], rows: [], hidden: 0 };
  /** Tells one set of columns from another: widths and the active cell belong to it. */
  #key = '';
  #looks: readonly ColumnLook[] = [];
  readonly #chosen = new Map<number, number>();
  #active: Place | undefined;
  #frame: number | undefined;
  #shifted = 0;

  constructor(root: HTMLElement, events: GridEvents) {
    this.#root = root;
    this.#events = events;
    this.#measure = new TextMeasure(root);
    this.#head = this.#makeHead();
    this.#body.className = 'rows';
    this.#body.role = 'rowgroup';
    root.append(this.#head, this.#body);
    root.addEventListener('scroll', () => {
      this.#shift();
      this.#schedule();
    });
    new ResizeObserver(() => {
      this.#schedule();
    }).observe(root);
    root.addEventListener('keydown', (event) => {
      this.#press(event);
    });
    root.addEventListener('pointerdown', (event) => {
      const place = this.#placeOf(event.target);
      if (place) this.#activate(place, 'still');
    });
    root.addEventListener('pointerover', ({ target }) => {
      revealCut(target);
    });
    root.addEventListener('focus', () => {
      this.#activate(this.#active ?? { row: 0, column: 0 }, 'still');
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
      this.#active = undefined;
      this.#root.scrollTo(0, 0);
      const head = this.#makeHead();
      this.#head.replaceWith(head);
      this.#head = head;
    }
    this.#root.classList.toggle('upright', table.layout === 'upright');
    this.#root.classList.toggle('named', table.isNamed);
    this.#root.ariaRowCount = String(table.rows.length + 1);
    this.#root.ariaColCount = String(table.columns.length);
    // Columns only grow as rows arrive: a table that jumps cannot be read.
    this.#looks = lookOf(table, this.#measure).map(({ width, isNumeric }, column) => ({
      width: Math.max(width, this.#looks[column]?.width ?? 0),
      isNumeric: isNumeric ?? this.#looks[column]?.isNumeric,
    }));
    markTitles(this.#head, this.#looks, sorting);
    this.#layOut();
    this.#render('all');
  }

  /** The cell and the row at an element of the grid, or else the active one, as text. */
  textAt(target: EventTarget | null): { readonly cell: string; readonly row: string } | undefined {
    const place = this.#placeOf(target) ?? this.#active;
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
    const { layout, rows } = this.#table;
    const widths = this.#looks.map(({ width }, column) => this.#chosen.get(column) ?? width);
    this.#root.style.setProperty('--columns', templateOf(widths));
    this.#root.style.setProperty('--width', `${widths.reduce((sum, width) => sum + width, 0)}px`);
    this.#body.style.height = layout === 'table' ? `${rows.length * rowHeight}px` : 'auto';
  }

  /** The names of the computers stay where they are while the rest moves sideways. */
  #shift(): void {
    const { scrollLeft } = this.#root;
    if (scrollLeft === this.#shifted) return;
    this.#shifted = scrollLeft;
    this.#root.classList.toggle('shifted', scrollLeft > 0);
    this.#root.style.setProperty('--shift', `${scrollLeft}px`);
  }

  #schedule(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#render('new');
    });
  }

  /** `new`: rows that are in the page already stay as they are. */
  #render(which: 'all' | 'new'): void {
    const [from, to] = this.#range();
    const { rows, layout } = this.#table;
    for (const [index, element] of this.#shown) {
      if (index >= from && index < to) continue;
      this.#shown.delete(index);
      this.#spare.push(element);
    }
    for (let index = from; index < to; index++) {
      const row = rows[index];
      const known = this.#shown.get(index);
      if (!row || (known && which === 'new')) continue;
      const element = known ?? this.#spare.pop() ?? this.#body.appendChild(makeRow());
      this.#shown.set(index, element);
      element.style.transform = layout === 'table' ? `translateY(${index * rowHeight}px)` : '';
      fillRow(element, row, index);
    }
    for (const element of this.#spare) element.remove();
    this.#spare = [];
    this.#markActive();
  }

  #range(): readonly [from: number, to: number] {
    const { rows, layout } = this.#table;
    if (layout === 'upright') return [0, rows.length];
    const first = Math.floor(this.#root.scrollTop / rowHeight);
    const count = Math.ceil(this.#root.clientHeight / rowHeight);
    return [Math.max(0, first - spare), Math.min(rows.length, first + count + spare)];
  }

  #press(event: KeyboardEvent): void {
    const { row, column } = this.#active ?? { row: 0, column: 0 };
    if (row === headRow && (event.key === 'Enter' || event.key === ' ')) this.#events.onSort(column);
    else {
      const next = this.#nextPlace(event, { row, column });
      if (!next) return;
      this.#activate(next, 'scroll');
    }
    event.preventDefault();
  }

  #nextPlace({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, { row, column }: Place): Place | undefined {
    const [lastRow, lastColumn] = [this.#table.rows.length - 1, this.#table.columns.length - 1];
    const page = Math.max(1, Math.floor((this.#root.clientHeight - headHeight) / rowHeight) - 1);
    const isFar = ctrlKey || metaKey;
    const to = (nextRow: number, nextColumn: number): Place => ({
      row: Math.min(lastRow, Math.max(headRow, nextRow)),
      column: Math.min(lastColumn, Math.max(0, nextColumn)),
    });
    if (altKey) return undefined;
    switch (key) {
      case 'ArrowDown':
        return to(row + 1, column);
      case 'ArrowUp':
        return to(row - 1, column);
      case 'ArrowRight':
        return to(row, column + 1);
      case 'ArrowLeft':
        return to(row, column - 1);
      case 'PageDown':
        return to(Math.max(0, row) + page, column);
      case 'PageUp':
        return to(Math.max(0, row - page), column);
      case 'Home':
        return isFar ? to(0, 0) : to(row, 0);
      case 'End':
        return isFar ? to(lastRow, lastColumn) : to(row, lastColumn);
      default:
        return undefined;
    }
  }

  #activate(place: Place, scrolling: 'scroll' | 'still'): void {
    this.#active = place;
    if (scrolling === 'scroll') this.#scrollTo(place);
    this.#render('new');
    if (scrolling === 'scroll') this.#elementAt(place)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #scrollTo({ row }: Place): void {
    if (row < 0 || this.#table.layout === 'upright') return;
    const [top, visible] = [row * rowHeight, this.#root.clientHeight - headHeight];
    if (top < this.#root.scrollTop) this.#root.scrollTop = top;
    else if (top + rowHeight > this.#root.scrollTop + visible) this.#root.scrollTop = top + rowHeight - visible;
  }

  /** Screen readers follow `aria-activedescendant`, for the focus stays on the grid. */
  #markActive(): void {
    this.#root.querySelector('#active-cell')?.removeAttribute('id');
    const element = this.#active && this.#elementAt(this.#active);
    if (element) {
      element.id = 'active-cell';
      this.#root.setAttribute('aria-activedescendant', 'active-cell');
    } else this.#root.removeAttribute('aria-activedescendant');
  }

  #elementAt({ row, column }: Place): Element | undefined {
    const parent = row === headRow ? this.#head : this.#shown.get(row);
    return parent?.children[Math.min(column, parent.children.length - 1)];
  }

  #placeOf(target: EventTarget | null): Place | undefined {
    const cell = target instanceof Element ? target.closest('.cell, .title') : null;
    const parent = cell?.parentElement;
    if (!cell || !parent) return undefined;
    const column = [...parent.children].indexOf(cell);
    return { row: Number(parent.ariaRowIndex) - 2, column };
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
