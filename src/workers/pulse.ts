import type { Begun } from './beginRun';
import type { Database } from './database';

const beatMs = 5_000;
const beatSql = `UPDATE sideband.runs r SET seen_at = now() FROM unnest($1::text[], $2::text[]) AS mine (id, owner)
  WHERE r.id = mine.id AND r.owner = mine.owner`;

/** Shows to other hosts that the process which has a run still lives. */
export class Pulse implements Disposable {
  readonly #database: Database;
  readonly #runs = new Map<string, Begun>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  add(run: Begun): void {
    this.#runs.set(run.id, run);
    this.#timer ??= setInterval(() => {
      const runs = [...this.#runs.values()];
      // What fails now succeeds with the next beat, or the run counts as interrupted.
      void this.#database
        .query(beatSql, [runs.map(({ id }) => id), runs.map(({ owner }) => owner)])
        .catch(() => undefined);
    }, beatMs).unref();
  }

  remove(id: string): void {
    this.#runs.delete(id);
    if (this.#runs.size === 0) this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
