import type { RecordedResult, RecordedStep, RunChanges } from '../ledger';
import type { Connection } from './connection';
import type { Read } from './ledgerFile';
import { type Row, text, toResult, toState, toStep } from './rows';

/** How long one turn of the event loop reads, in milliseconds. */
const turnMs = 10;

const runSql = `SELECT state, owner, max(
    (SELECT coalesce(max(seq), 0) FROM results WHERE run = id), (SELECT coalesce(max(seq), 0) FROM steps WHERE run = id)
  ) AS seq FROM runs WHERE id = ?`;
/** Between two steps: steps of the computer are recorded, and none of them is under way. */
const resultColumns = `position, computer, state, technology, result, seq, CASE WHEN state = 'running' THEN
    EXISTS (SELECT 1 FROM steps s WHERE s.run = results.run AND s.computer = results.computer)
    AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.run = results.run AND s.computer = results.computer AND s.state = 'running')
  END AS between_steps`;
const resultsSql = `SELECT ${resultColumns} FROM results WHERE run = ? AND seq > ? ORDER BY seq`;
const begunSql = `SELECT ${resultColumns} FROM results WHERE run = ? AND seq <= ? AND state = 'running' ORDER BY seq`;
const stepsSql = 'SELECT * FROM steps WHERE run = ? AND seq > ? ORDER BY seq';

interface Placed {
  readonly position: number;
  readonly result: RecordedResult;
}

/**
 * What changed after `since`: results in the run's order, steps in the order of their changes. Of an interrupted run all results are given
 * that had begun, for it was no write that made them `unknown`.
 */
export async function readChanges(read: Read, id: string, since: number): Promise<RunChanges | undefined> {
  const reader = new ChangesReader(id, since);
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
  readonly #results = new Map<string, Placed>();
  readonly #steps = new Map<string, RecordedStep>();
  #resultsSeen: number;
  #stepsSeen: number;
  #state: RunChanges['state'] = 'running';
  #seq = 0;

  constructor(id: string, since: number) {
    this.#id = id;
    this.#resultsSeen = since;
    this.#stepsSeen = since;
  }

  get changes(): RunChanges {
    const placed = [...this.#results.values()].sort((one, other) => one.position - other.position);
    return {
      state: this.#state,
      results: placed.map(({ result }) => result),
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
    if (before !== this.#state || this.#state === 'interrupted') this.#readBegun(connection);
    return this.#readResults(connection, endsAt) && this.#readSteps(connection, endsAt);
  }

  #readBegun(connection: Connection): void {
    for (const row of connection.statement(begunSql).iterate(this.#id, this.#resultsSeen)) this.#addResult(row);
  }

  #readResults(connection: Connection, endsAt: number): boolean {
    for (const row of connection.statement(resultsSql).iterate(this.#id, this.#resultsSeen)) {
      this.#addResult(row);
      this.#resultsSeen = Number(row.seq);
      if (performance.now() >= endsAt) return false;
    }
    return true;
  }

  #readSteps(connection: Connection, endsAt: number): boolean {
    for (const row of connection.statement(stepsSql).iterate(this.#id, this.#stepsSeen)) {
      const key = `${Number(row.step)} ${text(row.computer)}`;
      this.#steps.delete(key);
      this.#steps.set(key, toStep(row));
      this.#stepsSeen = Number(row.seq);
      if (performance.now() >= endsAt) return false;
    }
    return true;
  }

  #addResult(row: Row): void {
    const result = toResult(row, this.#state === 'interrupted');
    this.#results.set(result.computer, { position: Number(row.position), result });
  }
}
