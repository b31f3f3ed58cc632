import { VirtualGrid } from '../shared/virtualGrid';
import type { StepColumn } from './contract';
import type { Matrix } from './matrix';
import { fillRow } from './matrixRow';
import type { MatrixView } from './order';
import { describeCell } from './words';

/** In pixels; a letter of the user's font is about so wide. */
const letter = 7.5;
const [narrowest, widest] = [140, 320];
/** An icon and the sides of a cell, the word `finally`, a duration. */
const [around, roleWidth, timeWidth] = [48, 52, 100];

/** A computer by its row in the run, and a step by its column. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

export interface MatrixGridEvents {
  /** A title was chosen; one beyond the steps is that of the durations. */
  onSort(column: number): void;
  onOpen(spot: Spot): void;
}

/** Computers by steps. The active cell stays with its computer when the rows change places. */
export class MatrixGrid {
  readonly #root: HTMLElement;
  readonly #events: MatrixGridEvents;
  readonly #frame: VirtualGrid;
  #head = makeHead([]);
  #matrix: Matrix | undefined;
  #rows: Uint32Array = new Uint32Array();
  /** Its column; 0: the run has none. */
  #firstFinally = 0;

  constructor(root: HTMLElement, events: MatrixGridEvents) {
    this.#root = root;
    this.#events = events;
    this.#frame = new VirtualGrid(root, this.#head, {
      fill: (element, index) => {
        const row = this.#rows[index];
        if (this.#matrix && row !== undefined) fillRow(element, this.#matrix, { row, apart: this.#firstFinally });
      },
      onEnter: ({ row, column }) => {
        if (row < 0) events.onSort(column);
        else this.#open();
      },
    });
    root.addEventListener('click', ({ target }) => {
      const title = target instanceof Element ? target.closest('.title') : null;
      if (title) events.onSort([...this.#head.children].indexOf(title));
      else if (this.#frame.placeOf(target)) this.#open(); // what was pressed is active, wherever it has moved since
    });
    root.addEventListener('pointerover', ({ target }) => {
      this.#explain(target);
    });
  }

  /** Begins with the columns of a run. */
  start(matrix: Matrix, steps: readonly StepColumn[]): void {
    this.#matrix = matrix;
    this.#rows = new Uint32Array();
    this.#head = makeHead(steps);
    this.#frame.restart(this.#head);
    const longest = matrix.computers.reduce((length, name) => Math.max(length, name.length), 0);
    const name = widthOf(longest);
    const widths = steps.map(({ title, role }) => widthOf(title.length) + (role === 'finally' ? roleWidth : 0));
    const columns = [`${name}px`, ...widths.map((width) => `minmax(${width}px, 1fr)`), `${timeWidth}px`];
    this.#root.style.setProperty('--columns', columns.join(' '));
    const sum = widths.reduce((total, width) => total + width, name + timeWidth);
    this.#root.style.setProperty('--width', `${sum}px`);
    this.#firstFinally = firstFinally(steps);
  }

  show(rows: Uint32Array, view: MatrixView): void {
    const active = this.active;
    this.#rows = rows;
    this.#markSorted(view);
    if (active) {
      const row = rows.indexOf(active.row);
      this.#frame.activate(row < 0 ? undefined : { row, column: active.column });
    }
    this.#frame.show({ rows: rows.length, columns: this.#head.children.length, heights: 'fixed' });
  }

  /** The active cell; nothing when it is a title, or has been filtered away. */
  get active(): Spot | undefined {
    const place = this.#frame.active;
    const row = place && this.#rows[place.row];
    return row === undefined ? undefined : { row, column: place?.column ?? 0 };
  }

  #open(): void {
    const { active } = this;
    if (active && this.#matrix) this.#events.onOpen(spotIn(this.#matrix, active));
  }

  #markSorted({ sort, column }: MatrixView): void {
    const titles = [...this.#head.children];
    const sorted = sort === 'duration' && column === 0 ? titles.length - 1 : column;
    for (const [index, title] of titles.entries()) {
      const isSorted = sort !== 'plan' && index === sorted;
      title.ariaSort = isSorted ? (sort === 'name' ? 'ascending' : 'descending') : 'none';
    }
  }

  /** A hover tells the whole of a cell, as it is at that moment. */
  #explain(target: EventTarget | null): void {
    const place = this.#frame.placeOf(target);
    const row = place && this.#rows[place.row];
    const cell = target instanceof Element ? target.closest<HTMLElement>('.cell') : null;
    if (row === undefined || !cell || !this.#matrix) return;
    const spot = spotIn(this.#matrix, { row, column: place?.column ?? 0 });
    const name = spot.column === 0 ? `${this.#matrix.computers[row] ?? ''}: ` : '';
    cell.title = name + describeCell(this.#matrix.facts(row, spot.column));
  }
}

function widthOf(letters: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, letters * letter + around)));
}

/** The column of the durations stands for the computer as a whole. */
function spotIn({ columns }: Matrix, { row, column }: Spot): Spot {
  return { row, column: column < columns ? column : 0 };
}

/** Its column; 0: there is none. */
function firstFinally(steps: readonly StepColumn[]): number {
  return 1 + steps.findIndex(({ role }) => role === 'finally');
}

function makeHead(steps: readonly StepColumn[]): HTMLElement {
  const head = document.createElement('div');
  head.className = 'head';
  head.role = 'row';
  head.ariaRowIndex = '1';
  const titles = ['Computer', ...steps.map(({ title }) => title), 'Duration'];
  head.append(...titles.map((title, column) => makeTitle(title, column, steps[column - 1])));
  const apart = firstFinally(steps);
  if (apart > 0) head.children[apart]?.classList.add('apart');
  return head;
}

function makeTitle(text: string, column: number, step: StepColumn | undefined): HTMLElement {
  const title = document.createElement('div');
  title.className = 'title';
  title.role = 'columnheader';
  title.ariaColIndex = String(column + 1);
  const words = document.createElement('span');
  words.textContent = text;
  title.append(words);
  title.title = step ? `${text} (${step.uses})` : text;
  if (step?.role === 'finally') {
    const role = document.createElement('span');
    role.className = 'role';
    role.textContent = 'finally';
    title.append(role);
  }
  return title;
}
