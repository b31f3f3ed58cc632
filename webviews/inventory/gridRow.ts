import { cellOf } from '../shared/virtualGrid';
import { cellText, type GridRow } from './model';

/** Makes an element show a row, using again what it has. */
export function fillRow(element: HTMLElement, row: GridRow): void {
  element.classList.toggle('problem', row.kind === 'problem');
  if (row.kind === 'cells') {
    row.cells.forEach((cell, column) => {
      fillCell(element, column, cellText(cell)).classList.toggle('numeric', typeof cell === 'number');
    });
    trim(element, row.cells.length);
    return;
  }
  const head = row.computer === undefined ? [] : [row.computer];
  head.forEach((text, column) => {
    fillCell(element, column, text).classList.remove('numeric');
  });
  const message = fillCell(element, head.length, row.message);
  message.classList.remove('numeric');
  message.title = row.advice;
  trim(element, head.length + 1);
}

function fillCell(row: HTMLElement, column: number, text: string): HTMLElement {
  const cell = cellOf(row, column);
  if (cell.textContent !== text) cell.textContent = text;
  if (cell.title !== '') cell.title = '';
  return cell;
}

function trim(row: HTMLElement, count: number): void {
  while (row.children.length > count) row.lastElementChild?.remove();
}
