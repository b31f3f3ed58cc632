// Runs one program in a process group of its own and ends the whole group when the program ends, or when
// whoever started this guard is gone: its standard input is a pipe from there, and a pipe closes even after kill -9.
// On Linux it also ends those that left the group, which it knows by a mark in their environment. The program gets a
// folder for temporary files and sockets, which goes with it.
//   node guard.mts PROGRAM [ARGUMENT…]
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const [program = '', ...args] = process.argv.slice(2);
const graceMs = 5_000;
const pollMs = 25;
const mark = `SIDEBAND_GUARD=${randomUUID()}`;
/** Beside an outer guard's folder, not inside it: the paths of sockets must be short, and macOS's own is long. */
const base = process.env.SIDEBAND_GUARD_BASE ?? (process.platform === 'darwin' ? '/tmp' : tmpdir());
const tmp = mkdtempSync(join(base, 'sb-'));
const env = {
  ...process.env,
  SIDEBAND_GUARD: mark.slice('SIDEBAND_GUARD='.length),
  SIDEBAND_GUARD_BASE: base,
  TMPDIR: tmp,
  XDG_RUNTIME_DIR: tmp,
};
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
let exitCode = 1;
let ending: Promise<void> | undefined;

process.on('exit', () => {
  rmSync(tmp, { recursive: true, force: true, maxRetries: 3 });
});

/** The program and what it started, wherever that went. Without /proc: the program. */
function whoIsLeft(): readonly number[] {
  if (process.platform !== 'linux') {
    return child.pid !== undefined && child.exitCode === null && child.signalCode === null ? [child.pid] : [];
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => isMarked(pid)).map(Number);
}

function isMarked(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
  } catch {
    return false; // gone meanwhile, or another user's
  }
}

function signal(target: number, name: NodeJS.Signals): void {
  try {
    process.kill(target, name);
  } catch {
    // gone meanwhile
  }
}

/** Asks everybody to end, then makes them. */
async function endAll(): Promise<void> {
  const deadline = Date.now() + graceMs;
  signal(-process.pid, 'SIGTERM');
  for (const pid of whoIsLeft()) signal(pid, 'SIGTERM');
  while (whoIsLeft().length > 0 && Date.now() < deadline) await delay(pollMs);
  for (const pid of whoIsLeft()) signal(pid, 'SIGKILL');
  process.exit(exitCode);
}

function end(): void {
  ending ??= endAll();
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, end);
process.stdin.resume().on('close', end).on('error', end);
child.on('error', (error) => {
  console.error(`${program}: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code, name) => {
  exitCode = code ?? 128 + constants.signals[name ?? 'SIGKILL'];
  end();
});
