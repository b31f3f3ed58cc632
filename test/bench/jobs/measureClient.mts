import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inOut } from '../../tools/paths.mts';
import { measure } from '../measure.mts';
import type { JobsMeasure, JobsSpec } from './client.mts';
import { startRedis, type Persistence } from './redisServer.mts';

/** With a folder on the disk where the project lies, for a temporary one may be in memory. */
export async function inBenchFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const base = inOut('bench', 'jobs');
  mkdirSync(base, { recursive: true });
  const folder = mkdtempSync(join(base, 'run-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface ClientRun {
  readonly file: string;
  readonly spec: Omit<JobsSpec, 'folder'>;
  readonly peers: string;
  /** Of the server that it needs. */
  readonly redis?: Persistence;
}

/** One run in a process of its own, with a folder and a server of its own. */
export function measureClient(run: ClientRun): Promise<JobsMeasure> {
  return inBenchFolder(async (folder) => {
    if (!run.redis) return measureIn(folder, run);
    const redis = await startRedis(folder, run.redis);
    try {
      return await measureIn(folder, { ...run, spec: { ...run.spec, socket: redis.socket } });
    } finally {
      await redis[Symbol.asyncDispose]();
    }
  });
}

/** The same in a folder that others have used before. */
export async function measureIn(folder: string, { file, spec, peers }: ClientRun): Promise<JobsMeasure> {
  const { stdout, code } = await measure([process.execPath, file], {
    BENCH_SPEC: JSON.stringify({ ...spec, folder }),
    BENCH_PEERS: peers,
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  if (code === 0 && last.startsWith('{')) return JSON.parse(last) as JobsMeasure;
  return { done: 0, wallMs: Number.NaN, cpuMs: Number.NaN, rssMb: Number.NaN, turnMs: Number.NaN, parts: {} };
}
