import { SidebandError } from '../base/errors';
import type { JobSource } from '../jobs/program/program';
import type { RecordedJob, RecordedStep } from '../jobs/ledger';
import { type Row as LedgerRow, toStep } from '../jobs/ledger/rows';
import type { Begun } from './beginRun';
import type { Queryable } from './queryable';

/** How a run is ended early: what is in flight is finished, and `finally` runs, but after `stop`. */
export type Stopping = 'windDown' | 'halt' | 'stop';

const ownSql = 'SELECT FROM sideband.runs WHERE id = $1 AND owner = $2 FOR UPDATE';
const limitSql = 'UPDATE sideband.runs SET per_site = $3 WHERE id = $1 AND owner = $2';
const stopSql = `UPDATE sideband.runs SET stopping = $3 WHERE id = $1 AND owner = $2 RETURNING pg_notify('sideband', '')`;
const stoppingSql = "SELECT id, stopping FROM sideband.runs WHERE id = ANY($1) AND state = 'running'";
const openSql = 'SELECT computer FROM sideband.results WHERE run = $1 AND computer = ANY($2) AND result IS NULL';
const siteSql = 'UPDATE sideband.results SET site = $3 WHERE run = $1 AND computer = ANY($2)';
const takeBackSql = `UPDATE sideband.results SET owner = NULL WHERE run = $1 AND computer = ANY($2) AND result IS NULL
  RETURNING computer, state = 'running' AS begun,
    EXISTS (SELECT FROM sideband.steps s WHERE s.run = results.run AND s.computer = results.computer AND s.state = 'running') AS acting`;
const sourceSql = 'SELECT folder, job FROM sideband.runs WHERE id = $1';
const stepsSql = 'SELECT * FROM sideband.steps WHERE run = $1 AND computer = ANY($2) ORDER BY step';
const mineSql = `SELECT n::int FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS u (run, computer, token, n)
  WHERE EXISTS (SELECT FROM sideband.results r WHERE r.run = u.run AND r.computer = u.computer AND r.owner = u.token)`;

/** Locks a run that is to be changed. Throws `ledger.unavailable` when it is another process's by now. */
export async function lockRun(transaction: Queryable, { id, owner }: Begun): Promise<void> {
  const [mine] = await transaction.query(ownSql, [id, owner]);
  if (!mine) throw new SidebandError('ledger.unavailable', `the run ${id} was taken over by another process`);
}

/** How many computers of one site may be under way at once, over all workers. */
export async function limitSites(database: Queryable, { id, owner }: Begun, perSite: number): Promise<void> {
  await database.query(limitSql, [id, owner, Number.isFinite(perSite) ? perSite : null]);
}

export async function setStopping(database: Queryable, { id, owner }: Begun, stopping: Stopping): Promise<void> {
  await database.query(stopSql, [id, owner, stopping]);
}

/** By the ids of those runs that have not ended. */
export async function readStopping(
  database: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Stopping | undefined>> {
  const rows = await database.query(stoppingSql, [ids]);
  return new Map(rows.map(({ id, stopping }) => [id as string, (stopping ?? undefined) as Stopping | undefined]));
}

/** Those of the computers that have no outcome. */
export async function readOpen(database: Queryable, id: string, computers: readonly string[]): Promise<Set<string>> {
  const rows = await database.query(openSql, [id, computers]);
  return new Set(rows.map(({ computer }) => computer as string));
}

/** Notes where computers are to be done. */
export async function assignSite(
  transaction: Queryable,
  id: string,
  { site, computers }: { readonly site: string; readonly computers: readonly string[] },
): Promise<void> {
  await transaction.query(siteSql, [id, computers, site]);
}

/** A computer that no worker has any more. */
export interface TakenBack {
  readonly computer: string;
  readonly begun: boolean;
  /** Whether something may have been done to it whose end nobody has recorded. */
  readonly acting: boolean;
}

/** Makes computers without an outcome the run's own again, whatever their workers do. */
export async function takeBack(
  transaction: Queryable,
  begun: Begun,
  computers: readonly string[],
): Promise<readonly TakenBack[]> {
  await lockRun(transaction, begun);
  const rows = await transaction.query(takeBackSql, [begun.id, computers]);
  return rows.map(({ computer, begun: hasBegun, acting }) => {
    return { computer: computer as string, begun: hasBegun === true, acting: acting === true };
  });
}

/** What a run of a job was made of, and in which folder. */
export async function readSource(
  database: Queryable,
  id: string,
): Promise<{ readonly folder: string; readonly source: JobSource } | undefined> {
  const [row] = await database.query(sourceSql, [id]);
  if (typeof row?.job !== 'string') return undefined;
  return { folder: row.folder as string, source: (JSON.parse(row.job) as RecordedJob).source };
}

/** What is recorded of the computers' steps, by computer. */
export async function readSteps(
  database: Queryable,
  id: string,
  computers: readonly string[],
): Promise<ReadonlyMap<string, readonly RecordedStep[]>> {
  const rows = await database.query(stepsSql, [id, computers]);
  return Map.groupBy(
    rows.map((row) => toStep(row as LedgerRow)),
    ({ computer }) => computer,
  );
}

/** Which of the tokens still hold their computers, by their places. */
export async function readMine(
  database: Queryable,
  held: readonly { readonly run: string; readonly computer: string; readonly token: string }[],
): Promise<ReadonlySet<number>> {
  const columns = [held.map(({ run }) => run), held.map(({ computer }) => computer), held.map(({ token }) => token)];
  return new Set((await database.query(mineSql, columns)).map(({ n }) => Number(n) - 1));
}
