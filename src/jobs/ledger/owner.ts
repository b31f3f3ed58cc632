import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { SQLOutputValue } from 'node:sqlite';

/** The process that writes a run, so that others can tell whether it still lives. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the process started, in the system's ticks, where the system tells. */
  readonly startedAt?: string;
}

/** This process, as the ledger keeps it: a text that no other owner has, so that who was followed by another can tell. */
export function newOwner(): string {
  const owner: Owner = { host: hostname(), pid: process.pid, ...startOf(process.pid) };
  return JSON.stringify({ ...owner, token: randomBytes(8).toString('hex') });
}

/** Whether the process that the ledger names still runs. */
export function ownerLives(kept: SQLOutputValue | undefined): boolean {
  return typeof kept === 'string' && isAlive(JSON.parse(kept) as Owner);
}

/** Whether the process still runs. One on another host is taken to. */
export function isAlive({ host, pid, startedAt }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = startOf(pid);
  return !now || (now.isRunning && (startedAt === undefined || now.startedAt === startedAt));
}

/** From Linux's /proc; nothing elsewhere. A zombie does not run any more. */
function startOf(pid: number): { readonly startedAt: string; readonly isRunning: boolean } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { startedAt: fields[19] ?? '', isRunning: !/^[ZX]/.test(fields[0] ?? '') };
  } catch {
    return undefined;
  }
}
