import type { Database } from './database';

const keptDays = 90;
/** The same as elsewhere, but for everybody who shares the database. */
const keptRuns = 10_000;

const statements = [
  `DELETE FROM sideband.runs WHERE started_at < to_char(now() - interval '${keptDays} days', 'YYYY-MM-DD')`,
  `DELETE FROM sideband.runs WHERE state <> 'running' AND started_at <
     (SELECT started_at FROM sideband.runs ORDER BY started_at DESC OFFSET ${keptRuns} LIMIT 1)`,
  `DELETE FROM sideband.plans WHERE kept_at < now() - interval '${keptDays} days'`,
  `DELETE FROM sideband.schedules WHERE claimed_at < now() - interval '${keptDays} days'`,
  `DELETE FROM sideband.workers WHERE seen_at < now() - interval '1 day'`,
];

/** Deletes what is too old. */
export async function forgetOld(database: Database): Promise<void> {
  for (const statement of statements) await database.query(statement);
}
