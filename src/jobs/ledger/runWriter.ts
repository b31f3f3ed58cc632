import type { Intent, RunWriter, StepClose } from '../ledger';
import type { ComputerResult } from '../result';
import type { Transaction } from './transaction';
import type { WriteQueue } from './writeQueue';

/** Once a step of it begins; a step that only reads has no intent, so its end tells. */
const computerBegunSql =
  "UPDATE results SET state = 'running', seq = ? WHERE run = ? AND computer = ? AND state = 'not-begun'";
const intendSql = `UPDATE results SET state = 'running', technology = ?, before = coalesce(before, ?), seq = ?
  WHERE run = ? AND computer = ?`;
const intendStepSql = `INSERT INTO steps (run, computer, step, state, technology, before, attempts, seq)
  VALUES (?, ?, ?, 'running', ?, ?, 1, ?)
  ON CONFLICT DO UPDATE SET state = 'running', technology = excluded.technology, before = coalesce(before, excluded.before),
    attempts = attempts + 1, result = NULL, seq = excluded.seq`;
const closeStepSql = `INSERT INTO steps (run, computer, step, state, technology, attempts, result, seq)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET state = excluded.state, technology = excluded.technology, attempts = excluded.attempts,
    result = excluded.result, seq = excluded.seq`;
const closeSql = 'UPDATE results SET state = ?, technology = ?, result = ?, seq = ? WHERE run = ? AND computer = ?';
const endSql = 'UPDATE runs SET state = ?, ended_at = ? WHERE id = ?';

/** Writes a run for as long as the run has this owner; after that everything rejects with `ledger.unavailable`. */
export class SqliteRunWriter implements RunWriter {
  readonly id: string;
  readonly #owner: string;
  readonly #queue: WriteQueue;

  constructor(id: string, owner: string, queue: WriteQueue) {
    this.id = id;
    this.#owner = owner;
    this.#queue = queue;
  }

  intend({ computer, technology, step, before }: Intent): Promise<void> {
    const state = before ?? null;
    return this.#change((transaction, seq) => {
      if (step === undefined) transaction.run(intendSql, technology, state, seq, this.id, computer);
      else {
        transaction.run(computerBegunSql, seq, this.id, computer);
        transaction.run(intendStepSql, this.id, computer, step, technology, state, seq);
      }
    });
  }

  async closeStep({ step, attempts, result }: StepClose): Promise<void> {
    const { computer, outcome, technology = null } = result;
    const text = JSON.stringify(result);
    await this.#change((transaction, seq) => {
      transaction.run(computerBegunSql, seq, this.id, computer);
      transaction.run(closeStepSql, this.id, computer, step, outcome, technology, attempts, text, seq);
    });
  }

  async close(result: ComputerResult): Promise<void> {
    const { computer, outcome, technology = null } = result;
    const text = JSON.stringify(result);
    await this.#change((transaction, seq) => {
      transaction.run(closeSql, outcome, technology, text, seq, this.id, computer);
    });
  }

  end(state: 'finished' | 'cancelled'): Promise<void> {
    return this.#queue.write((transaction) => {
      transaction.assertOwner(this.id, this.#owner);
      transaction.run(endSql, state, new Date().toISOString(), this.id);
    });
  }

  #change(write: (transaction: Transaction, seq: number) => void): Promise<void> {
    return this.#queue.write((transaction) => {
      write(transaction, transaction.nextSeq(this.id, this.#owner));
    });
  }
}
