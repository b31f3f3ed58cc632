import { SidebandError } from '../../base/errors';
import type { Intent, RunWriter, StepClose } from '../ledger';
import type { ComputerResult } from '../result';
import type { OwnedRun, Transaction } from './transaction';
import type { WriteQueue } from './writeQueue';

/** Once a step of it begins; a step that only reads has no intent, so its end tells. */
const begunSql = `UPDATE results SET state = 'running', seq = ? WHERE run = ? AND position = ? AND state = 'not-begun'`;
const intendSql = `UPDATE results SET state = 'running', technology = ?, before = coalesce(before, ?), seq = ?
  WHERE run = ? AND position = ?`;
const intendStepSql = `INSERT INTO steps (run, position, step, state, technology, before, attempts, seq)
  VALUES (?, ?, ?, 'running', ?, ?, 1, ?)
  ON CONFLICT DO UPDATE SET state = 'running', technology = excluded.technology, before = coalesce(before, excluded.before),
    attempts = attempts + 1, result = NULL, seq = excluded.seq`;
const closeStepSql = `INSERT INTO steps (run, position, step, state, technology, attempts, result, seq)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET state = excluded.state, technology = excluded.technology, attempts = excluded.attempts,
    result = excluded.result, seq = excluded.seq`;
const closeSql = 'UPDATE results SET state = ?, technology = ?, result = ?, seq = ? WHERE run = ? AND position = ?';
const endSql = 'UPDATE runs SET state = ?, ended_at = ? WHERE number = ?';

/** Where each computer stands in a run. */
export type Positions = ReadonlyMap<string, number>;

/** Writes a run for as long as it has this owner; after that everything rejects with `ledger.unavailable`. */
export class SqliteRunWriter implements RunWriter {
  readonly #run: OwnedRun;
  readonly #positions: Positions;
  readonly #queue: WriteQueue;
  /** Of the computers that are begun on disk. */
  readonly #begun = new Set<number>();

  constructor(run: OwnedRun, positions: Positions, queue: WriteQueue) {
    this.#run = run;
    this.#positions = positions;
    this.#queue = queue;
  }

  get id(): string {
    return this.#run.id;
  }

  intend({ computer, technology, step, before }: Intent): Promise<void> {
    const state = before ?? null;
    const { number } = this.#run;
    return this.#change(computer, (transaction, seq, position) => {
      if (step === undefined) transaction.run(intendSql, technology, state, seq, number, position);
      else {
        this.#begin(transaction, seq, position);
        transaction.run(intendStepSql, number, position, step, technology, state, seq);
      }
    });
  }

  closeStep({ step, attempts, result }: StepClose): Promise<void> {
    const { computer, outcome, technology = null } = result;
    const { number } = this.#run;
    const text = JSON.stringify(result);
    return this.#change(computer, (transaction, seq, position) => {
      this.#begin(transaction, seq, position);
      transaction.run(closeStepSql, number, position, step, outcome, technology, attempts, text, seq);
    });
  }

  close(result: ComputerResult): Promise<void> {
    const { computer, outcome, technology = null } = result;
    const text = JSON.stringify(result);
    return this.#change(computer, (transaction, seq, position) => {
      transaction.run(closeSql, outcome, technology, text, seq, this.#run.number, position);
    });
  }

  end(state: 'finished' | 'cancelled'): Promise<void> {
    return this.#queue.write((transaction) => {
      transaction.assertOwned(this.#run);
      transaction.run(endSql, state, new Date().toISOString(), this.#run.number);
    });
  }

  #begin(transaction: Transaction, seq: number, position: number): void {
    if (!this.#begun.has(position)) transaction.run(begunSql, seq, this.#run.number, position);
  }

  /** The work may be repeated, with another `seq`. */
  async #change(
    computer: string,
    write: (transaction: Transaction, seq: number, position: number) => void,
  ): Promise<void> {
    const position = this.#positionOf(computer);
    await this.#queue.write((transaction) => {
      write(transaction, transaction.nextSeq(this.#run), position);
    });
    this.#begun.add(position);
  }

  #positionOf(computer: string): number {
    const position = this.#positions.get(computer);
    if (position === undefined) throw new SidebandError('internal.bug', `${computer} is not in the run ${this.id}`);
    return position;
  }
}
