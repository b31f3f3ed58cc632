import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Measurement {
  readonly wallMs: number;
  /** User and system time, children included. */
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly code: number;
  readonly stdout: string;
  /** When the last line that fits the pattern was written. */
  lastMs(pattern: RegExp): number;
}

/** By then every tool has ended, or never will. */
const longestMs = 300_000;

/** Runs a command to its end under GNU time. Rejects when it does not come to one: it is killed then, with its children. */
export async function measure(command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Measurement> {
  const file = join(tmpdir(), `sideband-bench-${process.pid}`);
  const args = ['-o', file, '-f', '%e %U %S %M', ...command];
  const begun = performance.now();
  const child = spawn('/usr/bin/time', args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const timer = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, longestMs);
  const parts: { readonly text: string; readonly atMs: number }[] = [];
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => parts.push({ text, atMs: performance.now() - begun }));
  const code = await new Promise<number>((done) =>
    child.on('close', (status) => {
      done(status ?? -1);
    }),
  );
  clearTimeout(timer);
  const wallMs = performance.now() - begun;
  if (child.signalCode !== null) throw new Error(`${command.join(' ')} did not end by itself`);
  const [, user = 0, system = 0, rss = 0] = (readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  rmSync(file);
  return {
    wallMs,
    cpuMs: 1000 * (user + system),
    rssMb: rss / 1024,
    code,
    stdout: parts.map(({ text }) => text).join(''),
    lastMs: (pattern) => parts.findLast(({ text }) => pattern.test(text))?.atMs ?? Number.NaN,
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The median of the ratios of measurements that were taken in pairs. */
export function ratio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)));
}
