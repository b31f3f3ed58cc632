/** As in grid.css. */
const [rowHeight, headHeight] = [24, 28];
/** Rows beyond the visible ones, so that a quick scroll shows no gap. */
const spare = 8;
const headRow = -1;

export interface Place {
  /** -1 is the head. */
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** `natural`: all rows are in the page, each as tall as it likes. */
  readonly heights: 'fixed' | 'natural';
}

export interface VirtualGridEvents {
  /** Makes an element show a row, using again what it has. */
  fill(element: HTMLElement, row: number): void;
  /** Enter or the space bar at the active place. */
  onEnter(place: Place): void;
}

/**
 * The frame of a table of any length, of which only the visible rows are in the page. One cell is active, and keys move it. The
 * head's children are of the class `title`, the rows' of the class `cell`.
 */
export class VirtualGrid {
  readonly #root: HTMLElement;
  readonly #events: VirtualGridEvents;
  readonly #body = document.createElement('div');
  readonly #shown = new Map<number, HTMLElement>();
  #spare: HTMLElement[] = [];
  #head: HTMLElement;
  #size: GridSize = { rows: 0, columns: 0, heights: 'fixed' };
  #active: Place | undefined;
  #frame: number | undefined;
  #shifted = 0;

  constructor(root: HTMLElement, head: HTMLElement, events: VirtualGridEvents) {
    this.#root = root;
    this.#head = head;
    this.#events = events;
    this.#body.className = 'rows';
    this.#body.role = 'rowgroup';
    root.append(head, this.#body);
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
    root.addEventListener('pointerdown', ({ target }) => {
      const place = this.placeOf(target);
      if (place) this.activate(place);
    });
    root.addEventListener('focus', () => {
      this.activate(this.#active ?? { row: 0, column: 0 });
    });
  }

  get active(): Place | undefined {
    return this.#active;
  }

  /** Begins at the top, with other columns. */
  restart(head: HTMLElement): void {
    this.#active = undefined;
    this.#root.scrollTo(0, 0);
    this.#head.replaceWith(head);
    this.#head = head;
  }

  /** Draws the visible rows anew. */
  show(size: GridSize): void {
    this.#size = size;
    this.#root.ariaRowCount = String(size.rows + 1);
    this.#root.ariaColCount = String(size.columns);
    const height = size.heights === 'fixed' ? `${size.rows * rowHeight}px` : 'auto';
    if (this.#body.style.height !== height) this.#body.style.height = height;
    this.#render('all');
  }

  activate(place: Place | undefined): void {
    this.#active = place;
    this.#render('new');
  }

  /** The place of an element of the grid. */
  placeOf(target: EventTarget | null): Place | undefined {
    const cell = target instanceof Element ? target.closest('.cell, .title') : null;
    const parent = cell?.parentElement;
    if (!cell || !parent || !this.#root.contains(cell)) return undefined;
    return { row: Number(parent.ariaRowIndex) - 2, column: [...parent.children].indexOf(cell) };
  }

  /** What names the row stays where it is while the rest moves sideways. */
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
    for (const [row, element] of this.#shown) {
      if (row >= from && row < to) continue;
      this.#shown.delete(row);
      this.#spare.push(element);
    }
    for (let row = from; row < to; row++) {
      const known = this.#shown.get(row);
      if (known && which === 'new') continue;
      const element = known ?? this.#spare.pop() ?? this.#body.appendChild(makeRow());
      this.#shown.set(row, element);
      this.#place(element, row);
      this.#events.fill(element, row);
    }
    for (const element of this.#spare) element.remove();
    this.#spare = [];
    this.#markActive();
  }

  #place(element: HTMLElement, row: number): void {
    element.ariaRowIndex = String(row + 2);
    element.classList.toggle('odd', row % 2 === 1);
    element.style.transform = this.#size.heights === 'fixed' ? `translateY(${row * rowHeight}px)` : '';
  }

  #range(): readonly [from: number, to: number] {
    const { rows, heights } = this.#size;
    if (heights === 'natural') return [0, rows];
    const first = Math.floor(this.#root.scrollTop / rowHeight);
    const count = Math.ceil(this.#root.clientHeight / rowHeight);
    return [Math.max(0, first - spare), Math.min(rows, first + count + spare)];
  }

  #press(event: KeyboardEvent): void {
    const place = this.#active ?? { row: 0, column: 0 };
    if (event.key === 'Enter' || event.key === ' ') this.#events.onEnter(place);
    else {
      const next = this.#nextPlace(event, place);
      if (!next) return;
      this.#scrollTo(next);
      this.activate(next);
      this.#elementAt(next)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
    event.preventDefault();
  }

  #nextPlace({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, { row, column }: Place): Place | undefined {
    const [lastRow, lastColumn] = [this.#size.rows - 1, this.#size.columns - 1];
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

  #scrollTo({ row }: Place): void {
    if (row < 0 || this.#size.heights === 'natural') return;
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
}

function makeRow(): HTMLElement {
  const row = document.createElement('div');
  row.className = 'row';
  row.role = 'row';
  return row;
}

/** The cell of a row at a column, made when it is not there yet. */
export function cellOf(row: HTMLElement, column: number): HTMLElement {
  const known = row.children[column] as HTMLElement | undefined;
  if (known) return known;
  const cell = document.createElement('div');
  cell.className = 'cell';
  cell.role = 'gridcell';
  cell.ariaColIndex = String(column + 1);
  return row.appendChild(cell);
}
