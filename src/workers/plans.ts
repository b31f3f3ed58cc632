import type { StoredPlan } from '../jobs/ledger';
import type { Database } from './database';
import { storable } from './writeQueue';

/** A plan that is kept again becomes the newest. */
const keepSql = `INSERT INTO sideband.plans (hash, plan) VALUES ($1, $2)
  ON CONFLICT (hash) DO UPDATE SET plan = excluded.plan, kept_at = now()`;
const findSql = 'SELECT plan FROM sideband.plans WHERE hash = $1';

export async function keepPlan(database: Database, plan: StoredPlan): Promise<void> {
  await database.query(keepSql, [storable(plan.hash), JSON.stringify(plan)]);
}

export async function findPlan(database: Database, hash: string): Promise<StoredPlan | undefined> {
  const [row] = await database.query(findSql, [storable(hash)]);
  return row && (JSON.parse(row.plan as string) as StoredPlan);
}
