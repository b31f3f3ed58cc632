import { SidebandError } from '../../base/errors';
import type { RecordedOutcome, RunRecord, RunSummary } from '../ledger';
import { readChanges } from './changes';
import type { Connection } from './connection';
import type { Read } from './ledgerFile';
import { recordColumns, type Row, summaryColumns, text, toOutcome, toRecord, toSummary } from './rows';

const listSql = `SELECT ${summaryColumns} FROM runs
  WHERE (:folder IS NULL OR folder = :folder) AND (:subject IS NULL OR subject = :subject)
  ORDER BY started_at DESC, id DESC LIMIT :limit`;
const countsSql = 'SELECT state, count(*) AS n FROM results WHERE run = ? GROUP BY state';
/** No id has a character beyond `~`. */
const findSql = `SELECT ${recordColumns} FROM runs WHERE id >= :id AND id < :id || '~' LIMIT 2`;
const newestSql = `SELECT ${recordColumns} FROM runs WHERE folder = ? ORDER BY started_at DESC, id DESC LIMIT 1`;

interface Listed {
  readonly run: number;
  readonly summary: RunSummary;
}

export async function listRuns(
  read: Read,
  { folder = null, subject = null, limit }: { folder?: string | null; subject?: string | null; limit: number },
): Promise<readonly RunSummary[]> {
  // The state at once: an owner that is found dead later may have ended its run before.
  const listed = await read<Listed[]>([], (connection) =>
    connection
      .statement(listSql)
      .all({ folder, subject, limit })
      .map((row) => ({ run: Number(row.number), summary: toSummary(row, {}) })),
  );
  const summaries: RunSummary[] = [];
  for (const { run, summary } of listed) {
    const isInterrupted = summary.state === 'interrupted';
    const counts = await read({}, (connection) => readCounts(connection, run, isInterrupted));
    summaries.push({ ...summary, counts });
    // Ten thousand computers take a millisecond or two to count.
    await new Promise(setImmediate);
  }
  return summaries;
}

/** Rejects with `usage.invalid` when several runs begin so. */
export async function findRun(read: Read, id: string): Promise<RunRecord | undefined> {
  const [row, other] = await read<Row[]>([], (connection) => connection.statement(findSql).all({ id }));
  if (other) throw new SidebandError('usage.invalid', `several runs begin with "${id}"`);
  return readRecord(read, row);
}

export async function newestRun(read: Read, folder: string): Promise<RunRecord | undefined> {
  return readRecord(read, await read(undefined, (connection) => connection.statement(newestSql).get(folder)));
}

async function readRecord(read: Read, row: Row | undefined): Promise<RunRecord | undefined> {
  const changes = row && (await readChanges(read, text(row.id), { since: 0, of: 'results' }));
  return changes && toRecord(row, changes.results);
}

function readCounts(connection: Connection, run: number, isInterrupted: boolean): RunSummary['counts'] {
  const counts: Partial<Record<RecordedOutcome, number>> = {};
  for (const group of connection.statement(countsSql).all(run)) {
    const outcome = toOutcome(group.state, isInterrupted);
    counts[outcome] = (counts[outcome] ?? 0) + Number(group.n);
  }
  return counts;
}
