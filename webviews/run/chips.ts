import { outcomesByUrgency, type ShownOutcome } from '../shared/outcomes';
import type { Matrix } from './matrix';
import { outcomeClasses } from './matrixRow';
import { outcomeWord } from './words';

interface Chip {
  readonly button: HTMLButtonElement;
  readonly count: HTMLElement;
}

/** How many computers have each outcome; pressing one shows those alone. */
export class Chips {
  readonly #chips: ReadonlyMap<ShownOutcome, Chip>;

  constructor(root: HTMLElement, onToggle: (outcome: ShownOutcome) => void) {
    this.#chips = new Map(outcomesByUrgency.map((outcome) => [outcome, makeChip(outcome)]));
    for (const [outcome, { button }] of this.#chips) {
      button.addEventListener('click', () => {
        onToggle(outcome);
      });
      root.append(button);
    }
  }

  show({ counts }: Matrix, pressed: readonly ShownOutcome[]): void {
    for (const [place, outcome] of outcomesByUrgency.entries()) {
      const chip = this.#chips.get(outcome);
      if (!chip) continue;
      const count = counts[place] ?? 0;
      const text = count.toLocaleString('en');
      const isPressed = pressed.includes(outcome);
      chip.button.hidden = count === 0 && !isPressed;
      chip.button.ariaPressed = String(isPressed);
      if (chip.count.textContent !== text) chip.count.textContent = text;
    }
  }
}

function makeChip(outcome: ShownOutcome): Chip {
  const button = document.createElement('button');
  button.className = `chip ${outcomeClasses(outcome)}`;
  button.type = 'button';
  button.title = 'Show these computers alone';
  const count = document.createElement('span');
  button.append(count, ` ${outcomeWord(outcome)}`);
  return { button, count };
}
