import { outcomesByUrgency, type ShownOutcome } from '../shared/outcomes';
import type { PackedCells, RunSnapshot } from './contract';

export interface CellFacts {
  readonly outcome: ShownOutcome;
  readonly durationMs: number;
  /** The error’s code or the state; empty when there is nothing to say. */
  readonly word: string;
}

const notBegun = outcomesByUrgency.indexOf('not-begun');

/** The cells of a run in columns of numbers, as they came: 10,000 computers by 10 steps are two megabytes, and nothing to take apart. */
export class Matrix {
  readonly computers: readonly string[];
  /** Column 0 is the computer as a whole. */
  readonly columns: number;
  /** How many computers have each outcome, by its place in `outcomesByUrgency`. */
  readonly counts = new Uint32Array(outcomesByUrgency.length);
  readonly #outcomes: Uint8Array;
  readonly #durations: Uint32Array;
  readonly #places: Uint32Array;
  readonly #words: string[];

  constructor({ computers, steps, cells }: RunSnapshot) {
    this.computers = computers;
    this.columns = 1 + steps.length;
    this.#outcomes = cells.outcomes;
    this.#durations = cells.durations;
    this.#places = cells.words;
    this.#words = [...cells.newWords];
    for (let row = 0; row < computers.length; row++) this.#count(row * this.columns, 1);
  }

  apply({ at = new Uint32Array(), outcomes, durations, words, newWords }: PackedCells): void {
    for (const word of newWords) this.#words.push(word);
    for (let index = 0; index < at.length; index++) {
      const cell = at[index] ?? 0;
      this.#count(cell, -1);
      this.#outcomes[cell] = outcomes[index] ?? notBegun;
      this.#durations[cell] = durations[index] ?? 0;
      this.#places[cell] = words[index] ?? 0;
      this.#count(cell, 1);
    }
  }

  /** The place of the outcome in `outcomesByUrgency`. */
  urgency(row: number, column: number): number {
    return this.#outcomes[row * this.columns + column] ?? notBegun;
  }

  durationMs(row: number, column: number): number {
    return this.#durations[row * this.columns + column] ?? 0;
  }

  facts(row: number, column: number): CellFacts {
    return {
      outcome: outcomesByUrgency[this.urgency(row, column)] ?? 'not-begun',
      durationMs: this.durationMs(row, column),
      word: this.#words[this.#places[row * this.columns + column] ?? 0] ?? '',
    };
  }

  #count(cell: number, change: 1 | -1): void {
    if (cell % this.columns !== 0) return;
    const outcome = this.#outcomes[cell] ?? notBegun;
    this.counts[outcome] = (this.counts[outcome] ?? 0) + change;
  }
}
