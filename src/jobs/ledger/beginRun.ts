import { SidebandError } from '../../base/errors';
import type { RunHeader } from '../ledger';
import { newOwner, ownerLives } from './owner';
import { makeRunId } from './runId';
import { SqliteRunWriter } from './runWriter';
import type { WriteQueue } from './writeQueue';

const beginSql = `INSERT INTO runs (
    id, subject, title, danger, parameters, targets, folder, plan_hash, rerun_of, started_at, state, owner, kind, job
  ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?)`;
/** In the order of the primary key, which makes it half as long. */
const computersSql = `INSERT INTO results (run, position, computer, state, seq)
  SELECT ?, key, value, 'not-begun', key + 1 FROM json_each(?) ORDER BY value`;
/** Numbered anew, for they are shown in another way than while the run was interrupted. */
const recountSql = "UPDATE results SET seq = ? + position WHERE run = ? AND state = 'running'";

export async function beginRun(header: RunHeader, queue: WriteQueue): Promise<SqliteRunWriter> {
  const startedAt = new Date();
  const id = makeRunId(startedAt);
  const owner = newOwner();
  const { subject, title, danger, targets, folder, planHash, rerunOf = null, job } = header;
  const parameters = JSON.stringify(header.parameters);
  const at = startedAt.toISOString();
  const [kind, recorded] = job ? ['job', JSON.stringify(job)] : ['operation', null];
  const computers = JSON.stringify(header.computers);
  await queue.write((transaction) => {
    const what = [subject, title, danger, parameters, targets, folder, planHash, rerunOf];
    transaction.run(beginSql, id, ...what, at, owner, kind, recorded);
    transaction.run(computersSql, id, computers);
  });
  return new SqliteRunWriter(id, owner, queue);
}

/** Rejects with `run.busy`, `run.ended`, or `usage.invalid` when there is no such run. */
export async function resumeRun(id: string, queue: WriteQueue): Promise<SqliteRunWriter> {
  const owner = newOwner();
  await queue.write((transaction) => {
    const run = transaction.statement('SELECT state, owner FROM runs WHERE id = ?').get(id);
    if (!run) throw new SidebandError('usage.invalid', `no run "${id}" is recorded: \`sideband runs\` lists them`);
    if (run.state !== 'running') throw new SidebandError('run.ended', `the run ${id} has ended`);
    if (ownerLives(run.owner)) throw new SidebandError('run.busy', `the run ${id} still goes on`);
    transaction.run('UPDATE runs SET owner = ? WHERE id = ?', owner, id);
    transaction.forget(id);
    transaction.run(recountSql, transaction.nextSeq(id, owner), id);
    transaction.forget(id);
  });
  return new SqliteRunWriter(id, owner, queue);
}
