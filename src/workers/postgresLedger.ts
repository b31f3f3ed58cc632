import { SidebandError } from '../base/errors';
import type { Ledger, RunChanges, RunHeader, RunRecord, RunSummary, RunWriter, StoredPlan } from '../jobs/ledger';
import type { ScheduleStore } from '../jobs/schedule/scheduleStore';
import { type Begun, beginRun, resumeRun } from './beginRun';
import { Database } from './database';
import { parseDatabaseUrl } from './databaseUrl';
import { findPlan, keepPlan } from './plans';
import { Pulse } from './pulse';
import { forgetOld } from './retention';
import { findRun, listRuns, newestRun, readChanges } from './runReader';
import { PostgresRunWriter } from './runWriter';
import { takenOver } from './runControl';
import { PostgresSchedules } from './schedules';
import { sharedFolder } from './sharedFolder';
import { WriteQueue } from './writeQueue';

const endSql = `UPDATE sideband.runs SET state = $3, ended_at = $4 WHERE id = $1 AND owner = $2
  RETURNING pg_notify('sideband', 'work')`;

/**
 * Opens the ledger in a PostgreSQL database, which needs nothing but to be there; it is reached when it is first needed. The password of
 * the URL, or else PGPASSWORD or the password file, is in no message. Throws `usage.invalid` when it is no such URL.
 */
export function openPostgresLedger(url: string, env?: NodeJS.ProcessEnv): PostgresLedger {
  return new PostgresLedger(new Database(parseDatabaseUrl(url, env)));
}

/** A ledger that many machines share. */
export class PostgresLedger implements Ledger, AsyncDisposable {
  readonly database: Database;
  readonly schedules: ScheduleStore;
  readonly #queue: WriteQueue;
  readonly #pulse: Pulse;

  constructor(database: Database) {
    this.database = database;
    this.schedules = new PostgresSchedules(database);
    this.#queue = new WriteQueue(database);
    this.#pulse = new Pulse(database);
  }

  /** How messages name it. */
  get where(): string {
    return this.database.where;
  }

  async begin(header: RunHeader): Promise<PostgresRunWriter> {
    const begun = await beginRun(this.database, { ...header, folder: sharedFolder(header.folder) });
    await this.database.patiently(forgetOld);
    return this.#mine(begun);
  }

  async resume(id: string): Promise<PostgresRunWriter> {
    return this.#mine(await resumeRun(this.database, id));
  }

  /** Writes what a worker does to the computer that it has claimed with this token; it does not end the run. */
  claimed(run: string, token: string): RunWriter {
    return new PostgresRunWriter(run, token, this.#queue, () => {
      throw new SidebandError('internal.bug', 'a worker ends no run');
    });
  }

  runs({
    folder,
    ...options
  }: {
    readonly folder?: string;
    readonly subject?: string;
    readonly limit: number;
  }): Promise<readonly RunSummary[]> {
    const named = { ...options, ...(folder !== undefined && { folder: sharedFolder(folder) }) };
    return this.database.patiently((database) => listRuns(database, named));
  }

  run(id: string): Promise<RunRecord | undefined> {
    return this.database.patiently((database) => findRun(database, id));
  }

  lastRun(folder: string): Promise<RunRecord | undefined> {
    return this.database.patiently((database) => newestRun(database, sharedFolder(folder)));
  }

  changes(id: string, seq: number): Promise<RunChanges | undefined> {
    return this.database.patiently((database) => readChanges(database, id, seq));
  }

  keepPlan(plan: StoredPlan): Promise<void> {
    return this.database.patiently((database) => keepPlan(database, plan));
  }

  plan(hash: string): Promise<StoredPlan | undefined> {
    return this.database.patiently((database) => findPlan(database, hash));
  }

  dispose(): void {
    void this[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#pulse[Symbol.dispose]();
    await this.#queue.idle();
    await this.database[Symbol.asyncDispose]();
  }

  #mine(begun: Begun): PostgresRunWriter {
    this.#pulse.add(begun);
    return new PostgresRunWriter(begun.id, begun.owner, this.#queue, (state) => this.#end(begun, state));
  }

  async #end({ id, owner }: Begun, state: 'finished' | 'cancelled'): Promise<void> {
    const values = [id, owner, state, new Date().toISOString()];
    const [mine] = await this.database.patiently((database) => database.query(endSql, values));
    this.#pulse.remove(id);
    if (!mine) throw takenOver(id);
  }
}
