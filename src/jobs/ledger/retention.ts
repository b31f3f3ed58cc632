import type { Transaction } from './transaction';
import type { WriteQueue } from './writeQueue';

const keptRuns = 1000;
const keptDays = 90;
/** Rows that one turn of the event loop deletes. */
const deletedAtOnce = 1000;

/** A run that has not ended is only too old by age: its process may still write it, or another resume it. */
const oldSql = `SELECT number FROM runs WHERE started_at < ? UNION ALL SELECT number FROM
  (SELECT number, state FROM runs ORDER BY started_at DESC LIMIT -1 OFFSET ${keptRuns - 1}) WHERE state <> 'running'`;
const deleteStepsSql = `DELETE FROM steps WHERE rowid IN (SELECT rowid FROM steps WHERE run = ? LIMIT ${deletedAtOnce})`;
const deleteResultsSql = `DELETE FROM results WHERE (run, position) IN
  (SELECT run, position FROM results WHERE run = ? LIMIT ${deletedAtOnce})`;

/** Makes room for one more run, in short turns. Rejects with `ledger.unavailable`. */
export async function forgetOld(queue: WriteQueue): Promise<void> {
  const oldest = new Date(Date.now() - keptDays * 86_400_000).toISOString();
  const old = await queue.write((transaction) => {
    transaction.run('DELETE FROM schedules WHERE due < ?', oldest);
    return transaction.statement(oldSql).all(oldest);
  });
  for (const { number } of old) {
    while (!(await queue.write((transaction) => forgetSome(transaction, Number(number)))));
  }
}

/** Whether the run is gone. */
function forgetSome(transaction: Transaction, run: number): boolean {
  const deleted = [deleteStepsSql, deleteResultsSql].map((sql) => transaction.run(sql, run));
  if (deleted.includes(deletedAtOnce)) return false;
  transaction.run('DELETE FROM runs WHERE number = ?', run);
  return true;
}
