import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import type { SQLOutputValue } from 'node:sqlite';
import { reportError, SidebandError } from '../base/errors';
import type { Danger } from '../base/frontend';
import type { TechnologyName } from '../fleet/technologyName';
import { unavailable } from './ledger/database';
import { isAlive, type Owner, thisProcess } from './ledger/owner';
import { WriteQueue } from './ledger/writeQueue';
import type { Ledger, RecordedOutcome, RecordedResult, RunHeader, RunRecord, RunSummary, RunWriter } from './ledger';
import type { ComputerResult } from './result';

const keptRuns = 1000;
const keptDays = 90;

type Row = Record<string, SQLOutputValue>;

/** The ledger in an SQLite file. The file is opened when it is first needed, and made when something is first written. */
export function openLedger(file: string): Ledger {
  return new SqliteLedger(file);
}

class SqliteLedger implements Ledger {
  readonly #file: string;
  readonly #queue: WriteQueue;

  constructor(file: string) {
    this.#file = file;
    this.#queue = new WriteQueue(file);
  }

  async begin(header: RunHeader): Promise<RunWriter> {
    const startedAt = new Date();
    const id = makeId(startedAt);
    await this.#queue.write((database) => {
      const oldest = new Date(startedAt.getTime() - keptDays * 86_400_000).toISOString();
      database.prepare('DELETE FROM runs WHERE started_at < ?').run(oldest);
      database
        .prepare('DELETE FROM runs WHERE id IN (SELECT id FROM runs ORDER BY started_at DESC LIMIT -1 OFFSET ?)')
        .run(keptRuns - 1);
      database
        .prepare('INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)')
        .run(
          id,
          header.subject,
          header.title,
          header.danger,
          JSON.stringify(header.parameters),
          header.targets,
          header.folder,
          header.planHash,
          header.rerunOf ?? null,
          startedAt.toISOString(),
          'running',
          JSON.stringify(thisProcess()),
        );
      const insert = database.prepare('INSERT INTO results VALUES (?, ?, ?, ?, NULL, NULL)');
      header.computers.forEach((computer, position) => insert.run(id, position, computer, 'not-begun'));
    });
    return this.#writer(id);
  }

  #writer(id: string): RunWriter {
    const queue = this.#queue;
    return {
      id,
      intend: (computer, technology) =>
        queue.write((database) => {
          database
            .prepare("UPDATE results SET state = 'running', technology = ? WHERE run = ? AND computer = ?")
            .run(technology, id, computer);
        }),
      close: (result) =>
        queue.write((database) => {
          database
            .prepare('UPDATE results SET state = ?, technology = ?, result = ? WHERE run = ? AND computer = ?')
            .run(result.outcome, result.technology ?? null, JSON.stringify(result), id, result.computer);
        }),
      end: (state) =>
        queue.write((database) => {
          database
            .prepare('UPDATE runs SET state = ?, ended_at = ? WHERE id = ?')
            .run(state, new Date().toISOString(), id);
        }),
    };
  }

  runs({ folder, limit }: { readonly folder?: string; readonly limit: number }): Promise<readonly RunSummary[]> {
    return this.#read([], () => {
      const rows = this.#queue.database
        .prepare(
          'SELECT * FROM runs WHERE :folder IS NULL OR folder = :folder ORDER BY started_at DESC, id DESC LIMIT :limit',
        )
        .all({ folder: folder ?? null, limit });
      return rows.map((row) => this.#summary(row));
    });
  }

  run(id: string): Promise<RunRecord | undefined> {
    return this.#read(undefined, () => this.#record(this.#find(id)));
  }

  lastRun(folder: string): Promise<RunRecord | undefined> {
    const newest = 'SELECT * FROM runs WHERE folder = ? ORDER BY started_at DESC, id DESC LIMIT 1';
    return this.#read(undefined, () => this.#record(this.#queue.database.prepare(newest).get(folder)));
  }

  dispose(): void {
    this.#queue.dispose();
  }

  #record(row: Row | undefined): RunRecord | undefined {
    if (!row) return undefined;
    const summary = this.#summary(row);
    const results = this.#queue.database
      .prepare('SELECT * FROM results WHERE run = ? ORDER BY position')
      .all(summary.id)
      .map((result) => toResult(result, summary.state === 'interrupted'));
    return {
      ...summary,
      danger: text(row.danger) as Danger,
      parameters: JSON.parse(text(row.parameters)) as Readonly<Record<string, unknown>>,
      planHash: text(row.plan_hash),
      results,
    };
  }

  #find(id: string): Row | undefined {
    const { database } = this.#queue;
    const [row, other] = database
      .prepare('SELECT * FROM runs WHERE substr(id, 1, length(:id)) = :id LIMIT 2')
      .all({ id });
    if (other) throw new SidebandError('usage.invalid', `several runs begin with "${id}"`);
    return row;
  }

  #summary(row: Row): RunSummary {
    const id = text(row.id);
    const recorded = text(row.state) as RunSummary['state'];
    const state = recorded === 'running' && !isAlive(JSON.parse(text(row.owner)) as Owner) ? 'interrupted' : recorded;
    const counts: Partial<Record<RecordedOutcome, number>> = {};
    const groups = this.#queue.database.prepare(
      'SELECT state, count(*) AS n FROM results WHERE run = ? GROUP BY state',
    );
    for (const group of groups.all(id)) {
      const outcome = outcomeOf(text(group.state) as RecordedOutcome, state === 'interrupted');
      counts[outcome] = (counts[outcome] ?? 0) + Number(group.n);
    }
    return {
      id,
      subject: text(row.subject),
      title: text(row.title),
      folder: text(row.folder),
      targets: text(row.targets),
      startedAt: text(row.started_at),
      ...(row.ended_at !== null && { endedAt: text(row.ended_at) }),
      state,
      counts,
      ...(row.rerun_of !== null && { rerunOf: text(row.rerun_of) }),
    };
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a read is quick, but its callers need not know
  async #read<T>(nothing: T, read: () => T): Promise<T> {
    if (!existsSync(this.#file)) return nothing;
    try {
      return read();
    } catch (error) {
      throw error instanceof SidebandError ? error : unavailable(this.#file, error);
    }
  }
}

function toResult(row: Row, interrupted: boolean): RecordedResult {
  const recorded = text(row.state) as RecordedOutcome;
  if (row.result !== null) return JSON.parse(text(row.result)) as ComputerResult;
  const outcome = outcomeOf(recorded, interrupted);
  const error = new SidebandError('run.interrupted', 'the process ended in the middle; it may have happened');
  return {
    computer: text(row.computer),
    ok: false,
    outcome,
    durationMs: 0,
    ...(row.technology !== null && { technology: text(row.technology) as TechnologyName }),
    ...(outcome === 'unknown' && { error: reportError(error) }),
  };
}

/** What had begun when its process died may have happened. */
function outcomeOf(recorded: RecordedOutcome, interrupted: boolean): RecordedOutcome {
  return recorded === 'running' && interrupted ? 'unknown' : recorded;
}

function text(value: SQLOutputValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Sorts by time and is short enough to type: `20261123-074512-k3f9`, in universal time. */
function makeId(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  const alphabet = 'abcdefghjkmnpqrstvwxyz0123456789';
  const tail = [...randomBytes(4)].map((byte) => alphabet[byte & 31]).join('');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${tail}`;
}
