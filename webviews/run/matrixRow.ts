import { formatDuration } from '../../src/base/duration';
import { outcomeLooks, type ShownOutcome } from '../shared/outcomes';
import { cellOf } from '../shared/virtualGrid';
import type { Matrix } from './matrix';
import { cellText, describeCell } from './words';

/** The icon comes before the text of an element with these classes. */
export function outcomeClasses(outcome: ShownOutcome): string {
  return `outcome ${outcome} codicon-${outcomeLooks[outcome].icon}`;
}

const classes = Object.fromEntries(
  Object.keys(outcomeLooks).map((outcome) => [outcome, `cell ${outcomeClasses(outcome as ShownOutcome)}`]),
) as Readonly<Record<ShownOutcome, string>>;

/**
 * Makes an element show a computer: its name, its steps and how long they took. A cell is one element, and only what is other than
 * before is written: a quick scroll fills some six hundred of them in a frame. `apart`: the column that a line stands before.
 */
export function fillRow(element: HTMLElement, matrix: Matrix, { row, apart }: { row: number; apart: number }): void {
  const whole = matrix.facts(row, 0);
  const name = matrix.computers[row] ?? '';
  fillCell(cellOf(element, 0), {
    text: name,
    label: `${name}, ${describeCell(whole)}`,
    classes: classes[whole.outcome],
  });
  for (let column = 1; column < matrix.columns; column++) {
    const facts = matrix.facts(row, column);
    const own = classes[facts.outcome];
    fillCell(cellOf(element, column), {
      text: cellText(facts),
      label: describeCell(facts),
      classes: column === apart ? `${own} apart` : own,
    });
  }
  const time = cellOf(element, matrix.columns);
  const text = whole.durationMs > 0 ? formatDuration(whole.durationMs) : '';
  if (time.textContent !== text) time.textContent = text;
}

function fillCell(
  cell: HTMLElement,
  { text, label, classes: own }: Record<'text' | 'label' | 'classes', string>,
): void {
  if (cell.className !== own) cell.className = own;
  if (cell.textContent !== text) cell.textContent = text;
  if (cell.ariaLabel !== label) cell.ariaLabel = label;
}
