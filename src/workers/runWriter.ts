import type { Intent, RunWriter, StepClose } from '../jobs/ledger';
import type { ComputerResult } from '../jobs/result';
import type { WriteQueue } from './writeQueue';

/**
 * Writes what its owner does: a process that has begun a run, or a worker that has claimed a computer of it. Once the run or the computer
 * belongs to somebody else everything rejects with `ledger.unavailable`.
 */
export class PostgresRunWriter implements RunWriter {
  readonly id: string;
  readonly owner: string;
  readonly #queue: WriteQueue;
  readonly #end: RunWriter['end'];

  constructor(id: string, owner: string, queue: WriteQueue, end: RunWriter['end']) {
    this.id = id;
    this.owner = owner;
    this.#queue = queue;
    this.#end = end;
  }

  intend({ computer, technology, step, before }: Intent): Promise<void> {
    return this.#queue.write({ kind: 'intend', ...this.#mine(computer), technology, step, before });
  }

  closeStep({ step, attempts, result }: StepClose): Promise<void> {
    const { computer, outcome: state, technology } = result;
    const text = JSON.stringify(result);
    return this.#queue.write({
      kind: 'closeStep',
      ...this.#mine(computer),
      step,
      attempts,
      state,
      technology,
      result: text,
    });
  }

  close(result: ComputerResult): Promise<void> {
    const { computer, outcome: state, technology } = result;
    return this.#queue.write({
      kind: 'close',
      ...this.#mine(computer),
      state,
      technology,
      result: JSON.stringify(result),
    });
  }

  end(state: 'finished' | 'cancelled'): Promise<void> {
    return this.#end(state);
  }

  #mine(computer: string): { readonly run: string; readonly owner: string; readonly computer: string } {
    return { run: this.id, owner: this.owner, computer };
  }
}
