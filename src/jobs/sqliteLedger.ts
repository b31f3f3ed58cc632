import type { Ledger, RunChanges, RunHeader, RunRecord, RunSummary, RunWriter, StoredPlan } from './ledger';
import { beginRun, resumeRun } from './ledger/beginRun';
import { readChanges } from './ledger/changes';
import { LedgerFile } from './ledger/ledgerFile';
import { findPlan, keepPlan } from './ledger/plans';
import { forgetOld } from './ledger/retention';
import { findRun, listRuns, newestRun } from './ledger/runReader';
import { SqliteSchedules } from './ledger/schedules';
import { WriteQueue } from './ledger/writeQueue';

/** The ledger in an SQLite file. The file is opened when it is first needed, and made when something is first written. */
export function openLedger(file: string): Ledger {
  return new SqliteLedger(file);
}

class SqliteLedger implements Ledger {
  readonly schedules: SqliteSchedules;
  readonly #file: LedgerFile;
  readonly #queue: WriteQueue;

  constructor(path: string) {
    this.#file = new LedgerFile(path);
    this.#queue = new WriteQueue(this.#file);
    this.schedules = new SqliteSchedules(this.#queue, this.#file.read);
  }

  async begin(header: RunHeader): Promise<RunWriter> {
    await forgetOld(this.#queue);
    return beginRun(header, this.#queue);
  }

  resume(id: string): Promise<RunWriter> {
    return resumeRun(id, this.#queue);
  }

  runs(options: {
    readonly folder?: string;
    readonly subject?: string;
    readonly limit: number;
  }): Promise<readonly RunSummary[]> {
    return listRuns(this.#file.read, options);
  }

  run(id: string): Promise<RunRecord | undefined> {
    return findRun(this.#file.read, id);
  }

  lastRun(folder: string): Promise<RunRecord | undefined> {
    return newestRun(this.#file.read, folder);
  }

  changes(id: string, seq: number): Promise<RunChanges | undefined> {
    return readChanges(this.#file.read, id, { since: seq, of: 'results and steps' });
  }

  keepPlan(plan: StoredPlan): Promise<void> {
    return keepPlan(this.#queue, plan);
  }

  plan(hash: string): Promise<StoredPlan | undefined> {
    return findPlan(this.#file.read, hash);
  }

  dispose(): void {
    this.#queue.dispose();
    this.#file.close();
  }
}
