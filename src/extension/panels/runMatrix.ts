import { outcomesByUrgency, type ShownOutcome } from '../../../webviews/shared/outcomes';
import type { PackedCells, StepColumn } from '../../../webviews/run/contract';
import type { RecordedOutcome, RecordedResult, RecordedStep, RunChanges, RunRecord } from '../../jobs/ledger';
import { settled } from '../runs/runSteps';
import { cellWord } from './cellWord';

export type CellRecord = RecordedResult | RecordedStep;

const longestDurationMs = 0xffff_ffff;
const numbers = new Map<RecordedOutcome, number>(outcomesByUrgency.map((outcome, number) => [outcome, number]));
const notBegun = numberOf('not-begun');

/** The computers of a run by its steps: what the ledger says of each cell, and what of that the page has not been told yet. */
export class RunMatrix {
  readonly computers: readonly string[];
  readonly steps: readonly StepColumn[];
  readonly #kind: RunRecord['kind'];
  readonly #columns: number;
  readonly #rows: ReadonlyMap<string, number>;
  readonly #records: (CellRecord | undefined)[];
  readonly #outcomes: Uint8Array;
  readonly #durations: Uint32Array;
  readonly #words: Uint32Array;
  readonly #dictionary = new Dictionary();
  readonly #dirty = new Set<number>();

  constructor({ kind, subject, title, job, state, results }: RunRecord) {
    this.#kind = kind;
    this.computers = results.map(({ computer }) => computer);
    this.steps = job?.steps ?? [{ title, uses: subject, role: 'step' }];
    this.#columns = 1 + this.steps.length;
    this.#rows = new Map(this.computers.map((computer, row) => [computer, row]));
    const count = this.computers.length * this.#columns;
    this.#records = new Array<CellRecord | undefined>(count).fill(undefined);
    this.#outcomes = new Uint8Array(count).fill(notBegun);
    this.#durations = new Uint32Array(count);
    this.#words = new Uint32Array(count);
    this.apply({ state, results, steps: [] });
  }

  /** What names no computer or step of this run is left alone. */
  apply({ state, results, steps }: Pick<RunChanges, 'state' | 'results' | 'steps'>): void {
    for (const result of results) {
      this.#set(result, 0);
      if (this.#kind === 'operation') this.#set(result, 1);
    }
    for (const step of steps) this.#set(settled(step, state), step.step + 1);
  }

  counts(): ReadonlyMap<ShownOutcome, number> {
    const counts = new Map<ShownOutcome, number>();
    for (let cell = 0; cell < this.#outcomes.length; cell += this.#columns) {
      const outcome = outcomesByUrgency[this.#outcomes[cell] ?? notBegun] ?? 'not-begun';
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    return counts;
  }

  /** Nothing for what has not begun, or is no cell of this run. */
  record(computer: unknown, column: unknown): CellRecord | undefined {
    const row = this.#rows.get(computer as string);
    return row === undefined || !this.#isColumn(column) ? undefined : this.#records[row * this.#columns + column];
  }

  /** All cells; there is nothing left to be told then. */
  all(): PackedCells {
    this.#dirty.clear();
    return {
      outcomes: this.#outcomes.slice(),
      durations: this.#durations.slice(),
      words: this.#words.slice(),
      newWords: this.#dictionary.all(),
    };
  }

  /** The cells that have changed since they were told; nothing when there are none. */
  takeChanges(): PackedCells | undefined {
    if (this.#dirty.size === 0) return undefined;
    const at = Uint32Array.from(this.#dirty);
    this.#dirty.clear();
    return {
      at,
      outcomes: Uint8Array.from(at, (cell) => this.#outcomes[cell] ?? notBegun),
      durations: Uint32Array.from(at, (cell) => this.#durations[cell] ?? 0),
      words: Uint32Array.from(at, (cell) => this.#words[cell] ?? 0),
      newWords: this.#dictionary.takeNew(),
    };
  }

  #set(record: CellRecord, column: number): void {
    const row = this.#rows.get(record.computer);
    if (row === undefined || !this.#isColumn(column)) return;
    const cell = row * this.#columns + column;
    const outcome = numberOf(record.outcome);
    const duration = Math.min(longestDurationMs, Math.max(0, Math.round(record.durationMs)));
    const word = this.#dictionary.place(cellWord(record));
    this.#records[cell] = record;
    const isSame = this.#outcomes[cell] === outcome && this.#durations[cell] === duration && this.#words[cell] === word;
    if (isSame) return;
    this.#outcomes[cell] = outcome;
    this.#durations[cell] = duration;
    this.#words[cell] = word;
    this.#dirty.add(cell);
  }

  #isColumn(column: unknown): column is number {
    return Number.isInteger(column) && (column as number) >= 0 && (column as number) < this.#columns;
  }
}

/** Words by their places, so that each of them crosses to the page once. */
class Dictionary {
  readonly #words = [''];
  readonly #places = new Map([['', 0]]);
  #sent = 0;

  place(word: string): number {
    const known = this.#places.get(word);
    if (known !== undefined) return known;
    this.#places.set(word, this.#words.length);
    return this.#words.push(word) - 1;
  }

  all(): readonly string[] {
    this.#sent = 0;
    return this.takeNew();
  }

  takeNew(): readonly string[] {
    const words = this.#words.slice(this.#sent);
    this.#sent = this.#words.length;
    return words;
  }
}

function numberOf(outcome: RecordedOutcome): number {
  return numbers.get(outcome) ?? 0;
}
