import { SidebandError } from '../base/errors';
import { newOwner } from '../jobs/ledger/owner';
import { toState } from '../jobs/ledger/rows';
import { makeRunId } from '../jobs/ledger/runId';
import type { RunHeader } from '../jobs/ledger';
import type { Database } from './database';
import { toLedgerRow, unseenColumn } from './rows';
import { storable } from './writeQueue';

/** A run and who writes it. */
export interface Begun {
  readonly id: string;
  readonly owner: string;
}

/** Both may be done twice, for nobody else has the id. */
const beginSql = `INSERT INTO sideband.runs (
    id, kind, subject, title, danger, parameters, targets, folder, plan_hash, rerun_of, job, due_at, started_at, state, owner, seq
  ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'running', $14, $15) ON CONFLICT DO NOTHING`;
const computersSql = `INSERT INTO sideband.results (run, position, computer, state, seq)
  SELECT $1, n - 1, computer, 'not-begun', n FROM unnest($2::text[]) WITH ORDINALITY AS u (computer, n) ON CONFLICT DO NOTHING`;

const findSql = `SELECT state, owner, seq, ${unseenColumn} FROM sideband.runs WHERE id = $1 FOR UPDATE`;
const takeSql = 'UPDATE sideband.runs SET owner = $2, seq = $3, seen_at = now(), stopping = NULL WHERE id = $1';
/** Numbered anew, for they are shown in another way than while the run was interrupted. */
const recountSql = `UPDATE sideband.results SET seq = $2 + position + 1
  WHERE run = $1 AND state = 'running' AND owner IS NULL`;
const countSql = 'SELECT count(*)::int AS n FROM sideband.results WHERE run = $1';

export async function beginRun(database: Database, header: RunHeader): Promise<Begun> {
  const startedAt = new Date();
  const begun = { id: makeRunId(startedAt), owner: newOwner() };
  const { subject, title, danger, targets, folder, planHash, rerunOf = null, job } = header;
  const computers = header.computers.map(storable);
  const values = [
    ...[begun.id, job ? 'job' : 'operation', subject, storable(title), danger, JSON.stringify(header.parameters)],
    ...[
      storable(targets),
      folder,
      planHash,
      rerunOf,
      job ? JSON.stringify(job) : null,
      job?.dueAt ?? null,
      startedAt.toISOString(),
    ],
    ...[begun.owner, computers.length],
  ];
  await database.patiently(() =>
    database.transaction(async (transaction) => {
      await transaction.query(beginSql, values);
      await transaction.query(computersSql, [begun.id, computers]);
    }),
  );
  return begun;
}

/** Rejects with `run.busy`, `run.ended`, or `usage.invalid` when there is no such run. */
export async function resumeRun(database: Database, id: string): Promise<Begun> {
  const owner = newOwner();
  await database.patiently(() =>
    database.transaction(async (transaction) => {
      const [row] = await transaction.query(findSql, [id]);
      if (!row) throw new SidebandError('usage.invalid', `no run "${id}" is recorded: \`sideband runs\` lists them`);
      if (row.owner === owner) return;
      const state = toState(toLedgerRow(row));
      if (state === 'running') throw new SidebandError('run.busy', `the run ${id} still goes on`);
      if (state !== 'interrupted') throw new SidebandError('run.ended', `the run ${id} has ended`);
      const [count] = await transaction.query(countSql, [id]);
      const seq = Number(row.seq);
      await transaction.query(takeSql, [id, owner, seq + Number(count?.n)]);
      await transaction.query(recountSql, [id, seq]);
    }),
  );
  return { id, owner };
}
