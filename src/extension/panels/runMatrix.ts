import { outcomesByUrgency, type ShownOutcome } from '../../../webviews/shared/outcomes';
import type { PackedCells, StepColumn } from '../../../webviews/run/contract';
import type { RecordedOutcome, RecordedResult, RecordedStep, RunChanges, RunRecord } from '../../jobs/ledger';
import { settled } from '../runs/runSteps';
import { cellWord } from './cellWord';

export type CellRecord = RecordedResult | RecordedStep;

const longestDurationMs = 0xffff_ffff;
const numbers = new Map<RecordedOutcome, number>(outcomesByUrgency.map((outcome, number) => [outcome, number]));
const [notBegun, running] = [numberOf('not-begun'), numberOf('running')];
/** After these a computer may still be at the same step. */
const retriable: ReadonlySet<RecordedOutcome | undefined> = new Set(['running', 'failed', 'unknown']);

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
  /** By row, the cell of a step that goes on without a record: one that only reads has none before its end. */
  readonly #current = new Map<number, number>();

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
    if (this.#kind === 'operation') return;
    for (const computer of new Set([...results, ...steps].map((one) => one.computer))) {
      const row = this.#rows.get(computer);
      if (row !== undefined) this.#follow(row);
    }
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
    if (row === undefined || !this.#isColumn(column)) return undefined;
    const cell = row * this.#columns + column;
    const current: RecordedResult = { computer: computer as string, ok: false, outcome: 'running', durationMs: 0 };
    return this.#records[cell] ?? (this.#current.get(row) === cell ? current : undefined);
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

  /** Shows the step that a computer is at. */
  #follow(row: number): void {
    const [was, is] = [this.#current.get(row), this.#currentOf(row)];
    if (was === is) return;
    if (was !== undefined && !this.#records[was]) this.#mark(was, notBegun);
    if (is !== undefined) this.#mark(is, running);
    if (is === undefined) this.#current.delete(row);
    else this.#current.set(row, is);
  }

  /** The cell after the last one with a record; nothing when that one goes on itself, or did not succeed and may be tried again. */
  #currentOf(row: number): number | undefined {
    const first = row * this.#columns;
    if (this.#outcomes[first] !== running) return undefined;
    const records = this.#records.slice(first, first + this.#columns);
    const last = records.findLastIndex((record) => record !== undefined);
    const isOver = last > 0 && !retriable.has(records[last]?.outcome);
    return isOver && last + 1 < this.#columns ? first + last + 1 : undefined;
  }

  #mark(cell: number, outcome: number): void {
    this.#outcomes[cell] = outcome;
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
