import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';

let pid: number | undefined;

/** The owner of a run, as the ledger keeps it, whose process has ended. */
export function deadOwner(): string {
  pid ??= spawnSync(process.execPath, ['--version']).pid;
  return JSON.stringify({ host: hostname(), pid });
}

/** Makes all that is recorded as going on in a ledger's file the work of a process that has ended. */
export function leaveToDeadProcess(file: string): void {
  const database = new DatabaseSync(file);
  try {
    const owner = deadOwner();
    database.prepare("UPDATE runs SET owner = ? WHERE state = 'running'").run(owner);
    database.prepare('UPDATE schedules SET owner = ? WHERE owner IS NOT NULL').run(owner);
  } finally {
    database.close();
  }
}
