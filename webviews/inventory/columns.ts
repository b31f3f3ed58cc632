import type { Cell } from '../shared/tableView';
import { cellText, type GridTable } from './model';

const sampled = 300;
const [narrowest, widest] = [56, 360];
/** Left and right of a text, and the sorting arrow beside a title. */
const [padding, arrow] = [20, 16];

/** What the first rows of a table say of a column. */
export interface ColumnLook {
  /** In pixels. */
  readonly width: number;
  /** Whether its cells are numbers, which stand to the right. Nothing when there is none. */
  readonly isNumeric: boolean | undefined;
}

/** How the columns of a table look best. */
export function lookOf({ columns, rows }: GridTable, measure: TextMeasure): readonly ColumnLook[] {
  const sample = rows.slice(0, sampled).flatMap((row) => (row.kind === 'cells' ? [row.cells] : []));
  const longest = columns.map((_, column) => sample.reduce((found, row) => longer(found, row[column] ?? null), ''));
  const [titleWidths, cellWidths] = [measure.widths(columns, 'title'), measure.widths(longest, 'cell')];
  return columns.map((_, column) => {
    const width = padding + Math.max((titleWidths[column] ?? 0) + arrow, cellWidths[column] ?? 0);
    const first = sample.find((row) => row[column] !== null)?.[column];
    return {
      width: Math.ceil(Math.min(widest, Math.max(narrowest, width))),
      isNumeric: first === undefined ? undefined : typeof first === 'number',
    };
  });
}

/** `grid-template-columns`: the last column takes what is left over. */
export function templateOf(widths: readonly number[]): string {
  return widths
    .map((width, index) => (index === widths.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`))
    .join(' ');
}

/** Measures texts by writing them where nobody sees them; what was measured once is remembered. */
export class TextMeasure {
  readonly #ruler = document.createElement('div');
  readonly #known = new Map<string, number>();

  constructor(parent: HTMLElement) {
    this.#ruler.className = 'ruler';
    this.#ruler.ariaHidden = 'true';
    parent.append(this.#ruler);
  }

  widths(texts: readonly string[], kind: 'title' | 'cell'): readonly number[] {
    const unknown = [...new Set(texts)].filter((text) => !this.#known.has(`${kind} ${text}`));
    if (unknown.length > 0) this.#measure(unknown, kind);
    return texts.map((text) => this.#known.get(`${kind} ${text}`) ?? 0);
  }

  #measure(texts: readonly string[], kind: 'title' | 'cell'): void {
    const spans = texts.map((text) => {
      const span = document.createElement('span');
      span.className = kind;
      span.textContent = text;
      return span;
    });
    this.#ruler.replaceChildren(...spans);
    for (const [index, span] of spans.entries()) {
      this.#known.set(`${kind} ${texts[index] ?? ''}`, span.getBoundingClientRect().width);
    }
    this.#ruler.replaceChildren();
  }
}

function longer(found: string, cell: Cell): string {
  const text = cellText(cell);
  return text.length > found.length ? text : found;
}
