import { formatDuration } from '../../src/base/duration';
import { outcomeLooks } from '../shared/outcomes';
import { cellOf } from '../shared/virtualGrid';
import type { CellFacts, Matrix } from './matrix';
import { cellText, describeCell } from './words';

/** Makes an element show a computer: its name, its steps and how long they took. Writes only what is other than before. */
export function fillRow(element: HTMLElement, matrix: Matrix, row: number): void {
  const whole = matrix.facts(row, 0);
  const name = matrix.computers[row] ?? '';
  fillCell(cellOf(element, 0), name, whole).ariaLabel = `${name}, ${describeCell(whole)}`;
  for (let column = 1; column < matrix.columns; column++) {
    const facts = matrix.facts(row, column);
    fillCell(cellOf(element, column), cellText(facts), facts).ariaLabel = describeCell(facts);
  }
  const time = cellOf(element, matrix.columns);
  const text = whole.durationMs > 0 ? formatDuration(whole.durationMs) : '';
  if (time.textContent !== text) time.textContent = text;
}

function fillCell(cell: HTMLElement, text: string, { outcome }: CellFacts): HTMLElement {
  const [icon, words] = partsOf(cell);
  if (cell.dataset.outcome !== outcome) {
    cell.dataset.outcome = outcome;
    icon.className = `codicon codicon-${outcomeLooks[outcome].icon}`;
  }
  if (words.textContent !== text) words.textContent = text;
  return cell;
}

function partsOf(cell: HTMLElement): readonly [icon: Element, words: Element] {
  const [icon, words] = cell.children;
  if (icon && words) return [icon, words];
  const made = [document.createElement('span'), document.createElement('span')] as const;
  made[0].ariaHidden = 'true';
  cell.append(...made);
  return made;
}
