import { SidebandError } from '../base/errors';
import type { RecordedJob, RecordedStep } from '../jobs/ledger';
import { type Row as LedgerRow, toStep } from '../jobs/ledger/rows';
import type { StopMode } from '../jobs/machine/move';
import type { Begun } from './beginRun';
import type { Queryable } from './queryable';
import { storable } from './writeQueue';

/** How a run is ended early: what is in flight is finished, and `finally` runs, but after `stop`. */
export interface Stopping {
  readonly mode: Exclude<StopMode, 'none'>;
  /** Why the run stopped by itself; empty when it was cancelled. */
  readonly because: string;
}

/** What workers must know besides the job. */
export interface RunLimits {
  /** Computers of one site at once, over all workers. */
  readonly perSite?: number;
  /** Of one attempt of a step that says nothing else, in milliseconds. */
  readonly timeoutMs?: number;
  /** Only ways of this technology. */
  readonly technology?: string;
}

const ownSql = 'SELECT FROM sideband.runs WHERE id = $1 AND owner = $2';
const limitSql = 'UPDATE sideband.runs SET limits = $2 WHERE id = $1';
const stopSql = `UPDATE sideband.runs SET stopping = $2, stopped_because = $3 WHERE id = $1
  RETURNING pg_notify('sideband', 'work')`;
const stoppingSql = "SELECT id, stopping, stopped_because FROM sideband.runs WHERE id = ANY($1) AND state = 'running'";
const notBegunSql = "SELECT computer FROM sideband.results WHERE run = $1 AND state = 'not-begun'";
const openSql = 'SELECT computer FROM sideband.results WHERE run = $1 AND computer = ANY($2) AND result IS NULL';
const siteSql = 'UPDATE sideband.results SET site = $3 WHERE run = $1 AND computer = ANY($2)';
const tellSql = "SELECT pg_notify('sideband', 'work')";
const takeBackSql = `UPDATE sideband.results SET owner = NULL WHERE run = $1 AND computer = ANY($2) AND result IS NULL
  RETURNING computer, state = 'running' AS begun,
    EXISTS (SELECT FROM sideband.steps s WHERE s.run = results.run AND s.computer = results.computer AND s.state = 'running') AS acting`;
const sourceSql = 'SELECT job, limits FROM sideband.runs WHERE id = $1';
const computersSql = 'SELECT computer FROM sideband.results WHERE run = $1 ORDER BY position';
const stepsSql = 'SELECT * FROM sideband.steps WHERE run = $1 AND computer = ANY($2) ORDER BY step';
const mineSql = `SELECT n::int FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS u (run, computer, token, n)
  WHERE EXISTS (SELECT FROM sideband.results r WHERE r.run = u.run AND r.computer = u.computer AND r.owner = u.token)`;

/** What ends a process's work on a run for good, unlike a database that is away. */
export function takenOver(id: string): SidebandError {
  return new SidebandError('ledger.unavailable', `the run ${id} was taken over by another process`, {
    takenOver: true,
  });
}

/** Throws `ledger.unavailable` when the run is another process's by now. */
export async function assertOwner(database: Queryable, { id, owner }: Begun): Promise<void> {
  const [mine] = await database.query(ownSql, [id, owner]);
  if (!mine) throw takenOver(id);
}

/** The same, and nobody else changes the run until the transaction ends. */
export async function lockRun(transaction: Queryable, { id, owner }: Begun): Promise<void> {
  const [mine] = await transaction.query(`${ownSql} FOR UPDATE`, [id, owner]);
  if (!mine) throw takenOver(id);
}

export async function setLimits(transaction: Queryable, begun: Begun, limits: RunLimits): Promise<void> {
  await lockRun(transaction, begun);
  await transaction.query(limitSql, [begun.id, JSON.stringify(limits)]);
}

/** From now on no computer is begun that has not; gives those. */
export async function setStopping(
  transaction: Queryable,
  begun: Begun,
  { mode, because }: Stopping,
): Promise<readonly string[]> {
  await lockRun(transaction, begun);
  await transaction.query(stopSql, [begun.id, mode, storable(because)]);
  return (await transaction.query(notBegunSql, [begun.id])).map(({ computer }) => computer as string);
}

/** By the ids of those runs that have not ended. */
export async function readStopping(
  database: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Stopping | undefined>> {
  if (ids.length === 0) return new Map();
  const rows = await database.query(stoppingSql, [ids]);
  return new Map(
    rows.map(({ id, stopping, stopped_because: because }) => {
      const mode = stopping as Stopping['mode'] | null;
      return [id as string, mode === null ? undefined : { mode, because: because as string }];
    }),
  );
}

/** Those of the computers that have no outcome. */
export async function readOpen(database: Queryable, id: string, computers: readonly string[]): Promise<Set<string>> {
  const rows = await database.query(openSql, [id, computers]);
  return new Set(rows.map(({ computer }) => computer as string));
}

/** Notes where computers are to be done, and tells it there. */
export async function assignSite(
  transaction: Queryable,
  id: string,
  { site, computers }: { readonly site: string; readonly computers: readonly string[] },
): Promise<void> {
  await transaction.query(siteSql, [id, computers, site]);
  await transaction.query(tellSql);
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

/** What workers read of a run of a job. */
export interface WorkersRun {
  readonly job: RecordedJob;
  readonly limits: RunLimits;
  /** All of the run. */
  readonly computers: readonly string[];
}

/** What a run of a job was made of, and how it is to be done; nothing when there is no such run. */
export async function readRun(database: Queryable, id: string): Promise<WorkersRun | undefined> {
  const [row] = await database.query(sourceSql, [id]);
  if (typeof row?.job !== 'string') return undefined;
  const limits = JSON.parse((row.limits as string | null) ?? '{}') as RunLimits;
  const rows = await database.query(computersSql, [id]);
  const computers = rows.map(({ computer }) => computer as string);
  return { job: JSON.parse(row.job) as RecordedJob, limits, computers };
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
