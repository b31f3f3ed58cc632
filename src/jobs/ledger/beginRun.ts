import { randomBytes } from 'node:crypto';
import { SidebandError } from '../../base/errors';
import type { RunHeader } from '../ledger';
import { newOwner, ownerLives } from './owner';
import { text } from './rows';
import { SqliteRunWriter } from './runWriter';
import type { WriteQueue } from './writeQueue';

const beginSql = `INSERT INTO runs (
    id, kind, subject, title, danger, targets, folder, plan_hash, rerun_of, started_at, state, owner, due, parameters, job
  ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?)`;
const computersSql = `INSERT INTO results (run, position, computer, state, seq)
  SELECT ?, key, value, 'not-begun', key + 1 FROM json_each(?)`;
/** Numbered anew, for they are shown in another way than while the run was interrupted. */
const recountSql = "UPDATE results SET seq = ? + position WHERE run = ? AND state = 'running'";

/** Rejects with `ledger.unavailable`. */
export async function beginRun(header: RunHeader, queue: WriteQueue): Promise<SqliteRunWriter> {
  const startedAt = new Date();
  const id = makeId(startedAt);
  const owner = newOwner();
  const { subject, title, danger, targets, folder, planHash, rerunOf = null, job } = header;
  const values = [
    ...[id, job ? 'job' : 'operation', subject, title, danger, targets, folder, planHash, rerunOf],
    ...[startedAt.toISOString(), owner, job?.dueAt ?? null],
    ...[JSON.stringify(header.parameters), job ? JSON.stringify(job) : null],
  ];
  const computers = JSON.stringify(header.computers);
  const number = await queue.write((transaction) => {
    const run = Number(transaction.statement(beginSql).run(...values).lastInsertRowid);
    transaction.run(computersSql, run, computers);
    return run;
  });
  const positions = new Map(header.computers.map((computer, position) => [computer, position]));
  return new SqliteRunWriter({ number, id, owner }, positions, queue);
}

/** Rejects with `run.busy`, `run.ended`, `ledger.unavailable`, or `usage.invalid` when there is no such run. */
export function resumeRun(id: string, queue: WriteQueue): Promise<SqliteRunWriter> {
  return queue.write((transaction) => {
    const row = transaction.statement('SELECT number, state, owner FROM runs WHERE id = ?').get(id);
    if (!row) throw new SidebandError('usage.invalid', `no run "${id}" is recorded: \`sideband runs\` lists them`);
    if (row.state !== 'running') throw new SidebandError('run.ended', `the run ${id} has ended`);
    if (ownerLives(row.owner)) throw new SidebandError('run.busy', `the run ${id} still goes on`);
    const run = { number: Number(row.number), id, owner: newOwner() };
    transaction.run('UPDATE runs SET owner = ? WHERE number = ?', run.owner, run.number);
    transaction.forget(run.number);
    transaction.run(recountSql, transaction.nextSeq(run), run.number);
    transaction.forget(run.number);
    const computers = transaction.statement('SELECT position, computer FROM results WHERE run = ?').all(run.number);
    const positions = new Map(computers.map(({ position, computer }) => [text(computer), Number(position)]));
    return new SqliteRunWriter(run, positions, queue);
  });
}

/** Sorts by time and is short enough to type: `20261123-074512-k3f9`, in universal time. */
function makeId(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  const alphabet = 'abcdefghjkmnpqrstvwxyz0123456789';
  const tail = [...randomBytes(4)].map((byte) => alphabet[byte & 31]).join('');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${tail}`;
}
