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
}

/** Runs a command to its end under GNU time. */
export async function measure(command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Measurement> {
  const file = join(tmpdir(), `sideband-bench-${process.pid}`);
  const args = ['-o', file, '-f', '%e %U %S %M', ...command];
  const begun = performance.now();
  const child = spawn('/usr/bin/time', args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  const code = await new Promise<number>((done) =>
    child.on('close', (status) => {
      done(status ?? -1);
    }),
  );
  const wallMs = performance.now() - begun;
  const [, user = 0, system = 0, rss = 0] = (readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  rmSync(file);
  return { wallMs, cpuMs: 1000 * (user + system), rssMb: rss / 1024, code, stdout: Buffer.concat(parts).toString() };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The median of the ratios of measurements that were taken in pairs. */
export function ratio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)));
}
