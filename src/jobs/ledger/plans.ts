import type { StoredPlan } from '../ledger';
import type { Read } from './ledgerFile';
import { text } from './rows';
import type { WriteQueue } from './writeQueue';

const keptPlans = 200;

/** A plan that is kept again becomes the newest. */
const keepSql = 'INSERT OR REPLACE INTO plans (hash, plan) VALUES (?, ?)';
const forgetSql = `DELETE FROM plans WHERE number <= (SELECT number FROM plans ORDER BY number DESC LIMIT 1 OFFSET ${keptPlans})`;

export async function keepPlan(queue: WriteQueue, plan: StoredPlan): Promise<void> {
  const kept = JSON.stringify(plan);
  await queue.write((transaction) => {
    transaction.run(keepSql, plan.hash, kept);
    transaction.run(forgetSql);
  });
}

export async function findPlan(read: Read, hash: string): Promise<StoredPlan | undefined> {
  const row = await read(undefined, (connection) =>
    connection.statement('SELECT plan FROM plans WHERE hash = ?').get(hash),
  );
  return row && (JSON.parse(text(row.plan)) as StoredPlan);
}
