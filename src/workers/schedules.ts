import { newOwner, ownerLives } from '../jobs/ledger/owner';
import { toState } from '../jobs/ledger/rows';
import type { Claim, Due, ScheduleStore } from '../jobs/schedule/scheduleStore';
import type { Database } from './database';
import { sharedFolder } from './sharedFolder';
import type { Queryable } from './queryable';
import { toLedgerRow, unseenColumn } from './rows';

const lockSql = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';
const takenSql = 'SELECT owner FROM sideband.schedules WHERE folder = $1 AND job = $2 AND due = $3';
/** Without an owner: the time is left out. */
const claimSql = 'INSERT INTO sideband.schedules (folder, job, due, owner) VALUES ($1, $2, $3, $4)';
const runsSql = `SELECT state, owner, ${unseenColumn} FROM sideband.runs
  WHERE state = 'running' AND folder = $1 AND subject = $2 AND due_at IS NOT NULL`;
/** For a minute after its claim a run is waited for. */
const waitingSql = `SELECT owner FROM sideband.schedules s
  WHERE folder = $1 AND job = $2 AND claimed_at > now() - interval '30 seconds' AND owner IS NOT NULL AND NOT EXISTS
    (SELECT FROM sideband.runs r WHERE r.folder = s.folder AND r.subject = s.job AND r.due_at = s.due)`;
const lookedAfterSql = 'SELECT until FROM sideband.looked_after WHERE folder = $1 AND job = $2';
const lookAfterSql = `INSERT INTO sideband.looked_after AS l (folder, job, until) VALUES ($1, $2, $3)
  ON CONFLICT (folder, job) DO UPDATE SET until = greatest(l.until, excluded.until)`;

/** Claims are kept with the time that was left out, so that all processes decide alike. */
export class PostgresSchedules implements ScheduleStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  claim({ folder: path, job, at }: Due): Promise<Claim> {
    const folder = sharedFolder(path);
    const due = at.toISOString();
    const owner = newOwner();
    return this.#database.patiently((database) =>
      database.transaction(async (transaction) => {
        await transaction.query(lockSql, [`schedule ${folder} ${job}`]);
        const [taken] = await transaction.query(takenSql, [folder, job, due]);
        if (taken) return taken.owner === owner ? 'claimed' : 'taken';
        const isLeftOut = await goesOn(transaction, folder, job);
        await transaction.query(claimSql, [folder, job, due, isLeftOut ? null : owner]);
        return isLeftOut ? 'overlaps' : 'claimed';
      }),
    );
  }

  async lookedAfter(folder: string, job: string): Promise<Date | undefined> {
    const [row] = await this.#database.patiently((database) =>
      database.query(lookedAfterSql, [sharedFolder(folder), job]),
    );
    return row && new Date(row.until as string);
  }

  async lookAfter(folder: string, job: string, until: Date): Promise<void> {
    await this.#database.patiently((database) =>
      database.query(lookAfterSql, [sharedFolder(folder), job, until.toISOString()]),
    );
  }
}

/** Whether a run by schedule goes on, or was claimed a moment ago and has yet to begin. */
async function goesOn(transaction: Queryable, folder: string, job: string): Promise<boolean> {
  const runs = await transaction.query(runsSql, [folder, job]);
  if (runs.some((run) => toState(toLedgerRow(run)) === 'running')) return true;
  const waiting = await transaction.query(waitingSql, [folder, job]);
  return waiting.some(({ owner }) => ownerLives(owner as string));
}
