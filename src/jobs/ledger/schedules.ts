import type { Claim, Due, ScheduleStore } from '../schedule/scheduleStore';
import type { Read } from './ledgerFile';
import { newOwner, ownerLives } from './owner';
import { text } from './rows';
import type { Transaction } from './transaction';
import type { WriteQueue } from './writeQueue';

/** How long after its claim a run is waited for, in milliseconds. */
const graceMs = 30_000;

const takenSql = 'SELECT 1 FROM schedules WHERE folder = ? AND job = ? AND due = ?';
/** Without an owner: the time is left out. */
const claimSql = 'INSERT INTO schedules (folder, job, due, claimed_at, owner) VALUES (?, ?, ?, ?, ?)';
const runsSql = `SELECT owner FROM runs
  WHERE state = 'running' AND folder = ? AND subject = ? AND due IS NOT NULL`;
const waitingSql = `SELECT owner FROM schedules s
  WHERE folder = ? AND job = ? AND claimed_at > ? AND claimed_at <= ? AND owner IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM runs r WHERE r.folder = s.folder AND r.subject = s.job AND r.due = s.due)`;
const lookedAfterSql = 'SELECT until FROM looked_after WHERE folder = ? AND job = ?';
const lookAfterSql = `INSERT INTO looked_after (folder, job, until) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET until = max(until, excluded.until)`;

/** Claims are kept with the time that was left out, so that all processes decide alike. */
export class SqliteSchedules implements ScheduleStore {
  readonly #queue: WriteQueue;
  readonly #read: Read;

  constructor(queue: WriteQueue, read: Read) {
    this.#queue = queue;
    this.#read = read;
  }

  claim({ folder, job, at }: Due): Promise<Claim> {
    const due = at.toISOString();
    return this.#queue.write((transaction) => {
      if (transaction.statement(takenSql).get(folder, job, due)) return 'taken';
      const isLeftOut = goesOn(transaction, folder, job);
      transaction.run(claimSql, folder, job, due, new Date().toISOString(), isLeftOut ? null : newOwner());
      return isLeftOut ? 'overlaps' : 'claimed';
    });
  }

  async lookedAfter(folder: string, job: string): Promise<Date | undefined> {
    const row = await this.#read(undefined, (connection) => connection.statement(lookedAfterSql).get(folder, job));
    return row && new Date(text(row.until));
  }

  lookAfter(folder: string, job: string, until: Date): Promise<void> {
    return this.#queue.write((transaction) => {
      transaction.run(lookAfterSql, folder, job, until.toISOString());
    });
  }
}

/** Whether a run by schedule goes on, or was claimed a moment ago and has yet to begin. */
function goesOn(transaction: Transaction, folder: string, job: string): boolean {
  const now = Date.now();
  // A clock that was put back leaves claims from the future: they say nothing of now.
  const since = new Date(now - graceMs).toISOString();
  const until = new Date(now).toISOString();
  return [
    ...transaction.statement(runsSql).all(folder, job),
    ...transaction.statement(waitingSql).all(folder, job, since, until),
  ].some(({ owner }) => ownerLives(owner));
}
