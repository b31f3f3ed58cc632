import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { SidebandError } from '../../base/errors';
import type { Connection } from './connection';

interface RunState {
  readonly owner: unknown;
  seq: number;
}

const runStateSql = `SELECT owner, max(
    (SELECT coalesce(max(seq), 0) FROM results WHERE run = id), (SELECT coalesce(max(seq), 0) FROM steps WHERE run = id)
  ) AS seq FROM runs WHERE id = ?`;

/** What writes of one transaction share: whose each run is, and how far its changes are counted. */
export class Transaction {
  readonly #connection: Connection;
  readonly #runs = new Map<string, RunState>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  statement(sql: string): StatementSync {
    return this.#connection.statement(sql);
  }

  run(sql: string, ...values: readonly SQLInputValue[]): void {
    this.#connection.statement(sql).run(...values);
  }

  /** Throws `ledger.unavailable` when the run is not the caller’s any more; nothing may have been written before. */
  assertOwner(run: string, owner: string): void {
    this.#own(run, owner);
  }

  /** The number of the next change of a run. Throws as `assertOwner` does. */
  nextSeq(run: string, owner: string): number {
    return ++this.#own(run, owner).seq;
  }

  /** After what changes many rows of a run, or its owner, at once. */
  forget(run: string): void {
    this.#runs.delete(run);
  }

  #own(run: string, owner: string): RunState {
    let state = this.#runs.get(run);
    if (!state) this.#runs.set(run, (state = this.#load(run)));
    if (state.owner === owner) return state;
    const what = state.owner === undefined ? 'is not in the ledger any more' : 'was taken over by another process';
    const hint = 'Nothing more is done by this process: `sideband runs` shows what became of the run.';
    throw new SidebandError('ledger.unavailable', `the run ${run} ${what}`, { hint });
  }

  #load(run: string): RunState {
    const row = this.#connection.statement(runStateSql).get(run);
    return { owner: row?.owner, seq: Number(row?.seq ?? 0) };
  }
}
