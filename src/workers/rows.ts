import type { Row as LedgerRow } from '../jobs/ledger/rows';
import type { Row } from './queryable';

/** After so long without a sign of life the process that has a run counts as dead, in seconds. */
export const unseenSeconds = 30;

/** How long nobody has seen the process that has a run. */
export const unseenColumn = 'extract(epoch FROM now() - seen_at)::float8 AS unseen';

/** The columns of a run that its summary shows, named as in the SQLite ledger. */
export const summaryColumns = `id, subject, title, folder, targets, started_at, ended_at, state, owner, kind, rerun_of, ${unseenColumn}`;
/** Those of its whole record. */
export const recordColumns = `${summaryColumns}, danger, parameters, plan_hash, job`;

/** As a row of the SQLite ledger is. One whose process is on another host is interrupted once it has been silent for long. */
export function toLedgerRow(row: Row): LedgerRow {
  const isSilent = row.state === 'running' && Number(row.unseen ?? 0) > unseenSeconds;
  return { ...(row as LedgerRow), ...(isSilent && { state: 'interrupted' }) };
}
