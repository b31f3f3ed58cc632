import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { SidebandError } from '../../base/errors';
import type { Connection } from './connection';

/** A run as long as one process writes it. */
export interface OwnedRun {
  readonly number: number;
  readonly id: string;
  /** Its owner’s text in the ledger, which changes when another process takes the run over. */
  readonly owner: string;
}

interface RunState {
  readonly owner: unknown;
  seq: number;
}

/** The number of the last change of a run; an expression where `runs` is read. */
export const lastSeqSql = `max((SELECT coalesce(max(seq), 0) FROM results WHERE run = number),
  (SELECT coalesce(max(seq), 0) FROM steps WHERE run = number)) AS seq`;

const runStateSql = `SELECT owner, ${lastSeqSql} FROM runs WHERE number = ?`;

/** What writes of one transaction share: whose each run is, and how far its changes are counted. */
export class Transaction {
  readonly #connection: Connection;
  readonly #runs = new Map<number, RunState>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  statement(sql: string): StatementSync {
    return this.#connection.statement(sql);
  }

  /** Tells how many rows it wrote. */
  run(sql: string, ...values: readonly SQLInputValue[]): number {
    return Number(this.#connection.statement(sql).run(...values).changes);
  }

  /** Throws `ledger.unavailable` when the run is another owner’s; nothing may have been written before. */
  assertOwned(run: OwnedRun): void {
    this.#own(run);
  }

  /** The number of the next change of a run. Throws as `assertOwned` does. */
  nextSeq(run: OwnedRun): number {
    return ++this.#own(run).seq;
  }

  /** After what changes many rows of a run, or its owner. */
  forget(number: number): void {
    this.#runs.delete(number);
  }

  #own({ number, id, owner }: OwnedRun): RunState {
    let state = this.#runs.get(number);
    if (!state) this.#runs.set(number, (state = this.#load(number)));
    if (state.owner === owner) return state;
    const what = state.owner === undefined ? 'is not in the ledger any more' : 'was taken over by another process';
    const hint = 'Nothing more is done by this process: `sideband runs` shows what became of the run.';
    throw new SidebandError('ledger.unavailable', `the run ${id} ${what}`, { hint });
  }

  #load(number: number): RunState {
    const row = this.#connection.statement(runStateSql).get(number);
    return { owner: row?.owner, seq: Number(row?.seq ?? 0) };
  }
}
