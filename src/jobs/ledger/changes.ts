import type { RecordedResult, RecordedStep, RunChanges } from '../ledger';
import type { Connection } from './connection';
import type { Read } from './ledgerFile';
import { type Row, toResult, toState, toStep } from './rows';
import { lastSeqSql } from './transaction';

/** How long one turn of the event loop reads, in milliseconds. */
const turnMs = 10;

const runSql = `SELECT number, state, owner, ${lastSeqSql} FROM runs WHERE id = ?`;
const stepSql = 'SELECT 1 FROM steps s WHERE s.run = results.run AND s.position = results.position';
const resultColumns = `position, computer, state, technology, result, seq, CASE WHEN state = 'running' THEN
  EXISTS (${stepSql}) AND NOT EXISTS (${stepSql} AND s.state = 'running') END AS between_steps`;
const resultsSql = `SELECT ${resultColumns} FROM results WHERE run = ? AND seq > ? ORDER BY seq`;
const begunSql = `SELECT ${resultColumns} FROM results WHERE run = ? AND seq <= ? AND state = 'running' ORDER BY seq`;
const stepsSql = `SELECT *, CASE WHEN result IS NULL THEN
    (SELECT computer FROM results r WHERE r.run = steps.run AND r.position = steps.position) END AS computer
  FROM steps WHERE run = ? AND seq > ? ORDER BY seq`;

interface Wanted {
  readonly since: number;
  readonly of: 'results' | 'results and steps';
}

/**
 * What changed after `since`, results in the run’s order. Of an interrupted run all results are given that had begun, for it was no write
 * that made them `unknown`.
 */
export async function readChanges(read: Read, id: string, wanted: Wanted): Promise<RunChanges | undefined> {
  const reader = new ChangesReader(id, wanted);
  for (;;) {
    const isDone = await read(undefined, (connection) => connection.snapshot(() => reader.turn(connection)));
    if (isDone === undefined) return undefined;
    if (isDone) return reader.changes;
    await new Promise(setImmediate);
  }
}

/** Reads in short turns until one of them sees the end: then all is known that the turn's snapshot of the database has. */
class ChangesReader {
  readonly #id: string;
  readonly #of: Wanted['of'];
  /** By position. */
  readonly #results = new Map<number, RecordedResult>();
  /** By position and step. */
  readonly #steps = new Map<string, RecordedStep>();
  #resultsSeen: number;
  #stepsSeen: number;
  #state: RunChanges['state'] = 'running';
  #seq = 0;

  constructor(id: string, { since, of }: Wanted) {
    this.#id = id;
    this.#of = of;
    this.#resultsSeen = since;
    this.#stepsSeen = since;
  }

  get changes(): RunChanges {
    const results = [...this.#results].sort(([one], [other]) => one - other);
    return {
      state: this.#state,
      results: results.map(([, result]) => result),
      steps: [...this.#steps.values()],
      seq: this.#seq,
    };
  }

  /** Whether it came to the end; nothing when there is no such run. */
  turn(connection: Connection): boolean | undefined {
    const run = connection.statement(runSql).get(this.#id);
    if (!run) return undefined;
    const endsAt = performance.now() + turnMs;
    const before = this.#state;
    this.#state = toState(run);
    this.#seq = Number(run.seq);
    const number = Number(run.number);
    if (before !== this.#state || this.#state === 'interrupted') this.#readBegun(connection, number);
    if (!this.#readResults(connection, number, endsAt)) return false;
    return this.#of === 'results' || this.#readSteps(connection, number, endsAt);
  }

  #readBegun(connection: Connection, run: number): void {
    for (const row of connection.statement(begunSql).iterate(run, this.#resultsSeen)) this.#addResult(row);
  }

  #readResults(connection: Connection, run: number, endsAt: number): boolean {
    for (const row of connection.statement(resultsSql).iterate(run, this.#resultsSeen)) {
      this.#addResult(row);
      this.#resultsSeen = Number(row.seq);
      if (performance.now() >= endsAt) return false;
    }
    return true;
  }

  #readSteps(connection: Connection, run: number, endsAt: number): boolean {
    for (const row of connection.statement(stepsSql).iterate(run, this.#stepsSeen)) {
      const key = `${Number(row.position)} ${Number(row.step)}`;
      this.#steps.set(key, toStep(row));
      this.#stepsSeen = Number(row.seq);
      if (performance.now() >= endsAt) return false;
    }
    return true;
  }

  #addResult(row: Row): void {
    this.#results.set(Number(row.position), toResult(row, this.#state === 'interrupted'));
  }
}
