import { SidebandError } from '../base/errors';
import type { RecordedOutcome, RunChanges, RunRecord, RunSummary } from '../jobs/ledger';
import {
  type Row as LedgerRow,
  text,
  toOutcome,
  toRecord,
  toResult,
  toState,
  toStep,
  toSummary,
} from '../jobs/ledger/rows';
import type { Database } from './database';
import { recordColumns, summaryColumns, toLedgerRow, unseenColumn } from './rows';

const listSql = `SELECT ${summaryColumns} FROM sideband.runs
  WHERE ($1::text IS NULL OR folder = $1) AND ($2::text IS NULL OR subject = $2)
  ORDER BY started_at DESC, id DESC LIMIT $3`;
const countsSql = `SELECT run, state, owner IS NOT NULL AS claimed, count(*)::int AS n FROM sideband.results
  WHERE run = ANY($1) GROUP BY 1, 2, 3`;
const findSql = `SELECT ${recordColumns} FROM sideband.runs WHERE starts_with(id, $1) LIMIT 2`;
const newestSql = `SELECT ${recordColumns} FROM sideband.runs WHERE folder = $1
  ORDER BY started_at DESC, id DESC LIMIT 1`;
const stateSql = `SELECT state, owner, seq, ${unseenColumn} FROM sideband.runs WHERE id = $1`;
/** Between two steps: steps of the computer are recorded, and none of them is under way. */
const resultsSql = `SELECT computer, state, technology, result, owner, CASE WHEN state = 'running' THEN (
    SELECT count(*) > 0 AND NOT bool_or(s.state = 'running') FROM sideband.steps s WHERE s.run = r.run AND s.computer = r.computer
  )::int END AS between_steps
  FROM sideband.results r WHERE run = $1 AND seq <= $3 AND (seq > $2 OR $4 AND state = 'running') ORDER BY position`;
const stepsSql = 'SELECT * FROM sideband.steps WHERE run = $1 AND seq > $2 AND seq <= $3 ORDER BY seq';

type Counts = Partial<Record<RecordedOutcome, number>>;

export async function listRuns(
  database: Database,
  { folder = null, subject = null, limit }: { folder?: string | null; subject?: string | null; limit: number },
): Promise<readonly RunSummary[]> {
  const rows = (await database.query(listSql, [folder, subject, limit])).map(toLedgerRow);
  const counts = new Map<string, Counts>(rows.map((row) => [text(row.id), {}]));
  const interrupted = new Set(rows.filter((row) => toState(row) === 'interrupted').map(({ id }) => text(id)));
  for (const { run, state, claimed, n } of await database.query(countsSql, [[...counts.keys()]])) {
    const of = counts.get(run as string) ?? {};
    const outcome = toOutcome(state as string, claimed !== true && interrupted.has(run as string));
    of[outcome] = (of[outcome] ?? 0) + Number(n);
  }
  return rows.map((row) => toSummary(row, counts.get(text(row.id)) ?? {}));
}

/** Rejects with `usage.invalid` when several runs begin so. */
export async function findRun(database: Database, id: string): Promise<RunRecord | undefined> {
  const [row, other] = await database.query(findSql, [id]);
  if (other) throw new SidebandError('usage.invalid', `several runs begin with "${id}"`);
  return row && readRecord(database, toLedgerRow(row));
}

export async function newestRun(database: Database, folder: string): Promise<RunRecord | undefined> {
  const [row] = await database.query(newestSql, [folder]);
  return row && readRecord(database, toLedgerRow(row));
}

async function readRecord(database: Database, row: LedgerRow): Promise<RunRecord | undefined> {
  const changes = await readChanges(database, text(row.id), 0);
  return changes && toRecord(row, changes.results);
}

/**
 * What changed after `since`, up to the number that the run has when it is asked: what changes meanwhile has a higher one, and is told
 * the next time. Of an interrupted run all results are given that had begun, for it was no write that made them `unknown`.
 */
export async function readChanges(database: Database, id: string, since: number): Promise<RunChanges | undefined> {
  const [run] = await database.query(stateSql, [id]);
  if (!run) return undefined;
  const state = toState(toLedgerRow(run));
  const isInterrupted = state === 'interrupted';
  const seq = Number(run.seq);
  if (seq === since && !isInterrupted) return { state, seq, results: [], steps: [] };
  const results = await database.query(resultsSql, [id, since, seq, isInterrupted]);
  const steps = await database.query(stepsSql, [id, since, seq]);
  return {
    state,
    seq,
    // What a worker has goes on without the process that has the run.
    results: results.map((row) => toResult(row as LedgerRow, isInterrupted && row.owner === null)),
    steps: steps.map((row) => toStep(row as LedgerRow)),
  };
}
