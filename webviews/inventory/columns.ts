import type { Cell } from '../shared/tableView';
import { cellText, type GridTable } from './model';

const sampled = 300;
const [narrowest, widest] = [56, 360];
/** Left and right of a cell's text, and the sorting arrow beside a title. */
const [padding, arrow] = [20, 18];

/** Widths in pixels for the columns of a table, from the longest of the first texts. */
export function estimateWidths({ columns, rows }: GridTable, measure: (text: string) => number): readonly number[] {
  const cells = rows.slice(0, sampled).flatMap((row) => (row.kind === 'cells' ? [row.cells] : []));
  return columns.map((title, column) => {
    const longest = cells.reduce((found, row) => longer(found, row[column] ?? null), '');
    const width = padding + Math.max(measure(title) + arrow, measure(longest));
    return Math.round(Math.min(widest, Math.max(narrowest, width)));
  });
}

/** `grid-template-columns`: the last column takes what is left over. */
export function templateOf(widths: readonly number[]): string {
  return widths
    .map((width, index) => (index === widths.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`))
    .join(' ');
}

/** How wide a text is, as the page writes it. */
export function textMeasure(element: HTMLElement): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  const { fontSize, fontFamily } = getComputedStyle(element);
  if (context) context.font = `${fontSize} ${fontFamily}`;
  return (text) => context?.measureText(text).width ?? 8 * text.length;
}

function longer(found: string, cell: Cell): string {
  const text = cellText(cell);
  return text.length > found.length ? text : found;
}
