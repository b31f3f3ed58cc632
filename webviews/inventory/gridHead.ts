import type { Sorting } from '../shared/tableView';
import type { ColumnLook } from './columns';

const narrowest = 40;

export interface HeadEvents {
  onSort(column: number): void;
  /** The user drags the border of a column; `undefined` gives its width back to the grid. */
  onResize(column: number, width: number | undefined): void;
}

/** Makes a row of titles; each sorts with a click, and its border changes the width. */
export function makeHead(columns: readonly string[], events: HeadEvents): HTMLElement {
  const head = document.createElement('div');
  head.className = 'head';
  head.role = 'row';
  head.ariaRowIndex = '1';
  head.append(...columns.map((title, column) => makeTitle(title, column, events)));
  return head;
}

/** Titles stand as their cells do, and say what the table is sorted by. */
export function markTitles(head: HTMLElement, looks: readonly ColumnLook[], sorting: Sorting | undefined): void {
  for (const [column, title] of [...head.children].entries()) {
    title.ariaSort = sorting?.column === column ? sorting.direction : 'none';
    title.classList.toggle('numeric', looks[column]?.isNumeric === true);
  }
}

function makeTitle(text: string, column: number, events: HeadEvents): HTMLElement {
  const title = document.createElement('div');
  title.className = 'title';
  title.role = 'columnheader';
  title.ariaColIndex = String(column + 1);
  const words = document.createElement('span');
  words.textContent = text;
  const grip = document.createElement('span');
  grip.className = 'grip';
  title.append(words, grip);
  title.title = text;
  title.addEventListener('click', () => {
    events.onSort(column);
  });
  grip.addEventListener('click', (event) => {
    event.stopPropagation();
  });
  grip.addEventListener('dblclick', () => {
    events.onResize(column, undefined);
  });
  grip.addEventListener('pointerdown', (down) => {
    down.preventDefault();
    grip.setPointerCapture(down.pointerId);
    const before = title.getBoundingClientRect().width;
    const move = ({ clientX }: PointerEvent): void => {
      events.onResize(column, Math.max(narrowest, Math.round(before + clientX - down.clientX)));
    };
    grip.addEventListener('pointermove', move);
    grip.addEventListener(
      'lostpointercapture',
      () => {
        grip.removeEventListener('pointermove', move);
      },
      { once: true },
    );
  });
  return title;
}
