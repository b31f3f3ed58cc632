import { cellText, type GridRow } from './model';

/** Makes an element show a row, using again what it has. `index` counts the rows from 0. */
export function fillRow(element: HTMLElement, row: GridRow, index: number): void {
  element.ariaRowIndex = String(index + 2);
  element.classList.toggle('problem', row.kind === 'problem');
  element.classList.toggle('odd', index % 2 === 1);
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

export function makeRow(): HTMLElement {
  const row = document.createElement('div');
  row.className = 'row';
  row.role = 'row';
  return row;
}

function fillCell(row: HTMLElement, column: number, text: string): HTMLElement {
  const cell = (row.children[column] as HTMLElement | undefined) ?? row.appendChild(makeCell(column));
  if (cell.textContent !== text) cell.textContent = text;
  if (cell.title !== '') cell.title = '';
  return cell;
}

function makeCell(column: number): HTMLElement {
  const cell = document.createElement('div');
  cell.className = 'cell';
  cell.role = 'gridcell';
  cell.ariaColIndex = String(column + 1);
  return cell;
}

function trim(row: HTMLElement, count: number): void {
  while (row.children.length > count) row.lastElementChild?.remove();
}
