import type { ComputerResult } from '../jobs/result';
import type { Database } from './database';

/** The numbers are taken with the rows, under the lock that all writers of the run take: no lower one comes later. */
const endedSql = `SELECT seq, result FROM sideband.results WHERE run = $1 AND seq > $2 AND result IS NOT NULL ORDER BY seq`;

/** Tells how the computers of a run end, whoever does them. */
export class Outcomes {
  readonly #database: Database;
  readonly #run: string;
  #seq = 0;

  constructor(database: Database, run: string) {
    this.#database = database;
    this.#run = run;
  }

  /** Those that nobody was told of yet. */
  async next(): Promise<readonly ComputerResult[]> {
    const rows = await this.#database.query(endedSql, [this.#run, this.#seq]);
    this.#seq = Number(rows.at(-1)?.seq ?? this.#seq);
    return rows.map(({ result }) => JSON.parse(result as string) as ComputerResult);
  }
}
