import { SidebandError } from '../base/errors';
import type { Database } from './database';

/** Writes in one statement. */
const batchSize = 500;
const columns = [
  'kinds',
  'runs',
  'owners',
  'computers',
  'steps',
  'states',
  'technologies',
  'befores',
  'tries',
  'results',
];
const types = ['text', 'text', 'text', 'text', 'integer', 'text', 'text', 'text', 'integer', 'text'];
const writeSql = `SELECT sideband.write_entries(${types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')}) AS refused`;

/** One row of what `sideband.write_entries` takes. */
export interface Entry {
  readonly kind: 'intend' | 'closeStep' | 'close';
  readonly run: string;
  /** Who must own the computer: the run's owner, or the worker that claimed it. */
  readonly owner: string;
  readonly computer: string;
  readonly step?: number | undefined;
  readonly state?: string;
  readonly technology?: string | undefined;
  readonly before?: string | undefined;
  readonly attempts?: number;
  readonly result?: string;
}

interface Waiting {
  readonly entry: Entry;
  readonly done: PromiseWithResolvers<undefined>;
}

/** Gathers what many callers write at the same time into one statement; the next one goes when its answer is there. */
export class WriteQueue {
  readonly #database: Database;
  readonly #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves when the entry is on the server's disk. Rejects with `ledger.unavailable`, also when somebody else owns the computer. */
  async write(entry: Entry): Promise<void> {
    const done = Promise.withResolvers<undefined>();
    this.#waiting.push({ entry, done });
    this.#flushing ??= new Promise(setImmediate).then(() => this.#flush());
    await done.promise;
  }

  /** When everything is written that was given until now. */
  async idle(): Promise<void> {
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    for (let batch = this.#take(); batch.length > 0; batch = this.#take()) await this.#writeBatch(batch);
    this.#flushing = undefined;
  }

  #take(): readonly Waiting[] {
    return this.#waiting.splice(0, batchSize);
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    const values = toColumns(batch.map(({ entry }) => entry));
    try {
      const rows = await this.#database.patiently((database) => database.query(writeSql, values));
      const refused = new Set(rows.map((row) => Number(row.refused)));
      for (const [index, { entry, done }] of batch.entries()) {
        if (refused.has(index + 1)) done.reject(takenOver(entry));
        else done.resolve(undefined);
      }
    } catch (error) {
      for (const { done } of batch) done.reject(error);
    }
  }
}

function toColumns(entries: readonly Entry[]): readonly unknown[] {
  const row = (entry: Entry): readonly unknown[] => [
    entry.kind,
    entry.run,
    entry.owner,
    storable(entry.computer),
    entry.step ?? null,
    entry.state ?? null,
    entry.technology ?? null,
    entry.before === undefined ? null : storable(entry.before),
    entry.attempts ?? null,
    entry.result ?? null,
  ];
  const rows = entries.map(row);
  return columns.map((_, column) => rows.map((values) => values[column]));
}

/** PostgreSQL's text has no NUL. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}

function takenOver({ run, computer }: Entry): SidebandError {
  return new SidebandError('ledger.unavailable', `${computer} of the run ${run} was taken over by another process`, {
    takenOver: true,
    hint: 'Nothing more is done to it by this process: `sideband runs` shows what became of it.',
  });
}
