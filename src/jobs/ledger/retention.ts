import { text } from './rows';
import type { Transaction } from './transaction';
import type { WriteQueue } from './writeQueue';

const keptRuns = 1000;
const keptDays = 90;
/** Rows that one turn of the event loop deletes. */
const deletedAtOnce = 1000;

/** A run that has not ended is kept for as long as one by age: others may still write it, or resume it. */
const oldSql = `SELECT id FROM runs WHERE started_at < ? UNION ALL
  SELECT id FROM (SELECT id, state FROM runs ORDER BY started_at DESC LIMIT -1 OFFSET ${keptRuns - 1}) WHERE state <> 'running'`;
const deleteStepsSql = `DELETE FROM steps WHERE (run, computer, step) IN
  (SELECT run, computer, step FROM steps WHERE run = ? LIMIT ${deletedAtOnce})`;
const deleteResultsSql = `DELETE FROM results WHERE (run, computer) IN
  (SELECT run, computer FROM results WHERE run = ? LIMIT ${deletedAtOnce})`;

/** Makes room for one more run, in short turns. Rejects with `ledger.unavailable`. */
export async function forgetOld(queue: WriteQueue): Promise<void> {
  const oldest = new Date(Date.now() - keptDays * 86_400_000).toISOString();
  const old = await queue.write((transaction) => {
    transaction.run('DELETE FROM schedules WHERE due < ?', oldest);
    return transaction.statement(oldSql).all(oldest);
  });
  for (const { id } of old) {
    while (!(await queue.write((transaction) => forgetSome(transaction, text(id)))));
  }
}

/** Whether the run is gone. */
function forgetSome(transaction: Transaction, run: string): boolean {
  const deleted = [deleteStepsSql, deleteResultsSql].map((sql) => Number(transaction.statement(sql).run(run).changes));
  if (deleted.some((count) => count === deletedAtOnce)) return false;
  transaction.run('DELETE FROM runs WHERE id = ?', run);
  return true;
}
