import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { bundle } from '../../tools/bundle.mts';

export interface WorkerProcess extends AsyncDisposable {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  /** When it has ended. */
  readonly gone: Promise<unknown>;
}

export interface WorkerSetting {
  readonly database: string;
  /** Of the controllers. */
  readonly port: number;
  readonly sites: Readonly<Record<string, number>>;
  readonly steps?: number;
}

export function bundleWorker(folder: string): Promise<string> {
  return bundle("import './test/integration/workers/siteWorker';", join(folder, 'worker.cjs'));
}

/** Starts a worker of one site and waits until it works. */
export async function startWorkerProcess(
  script: string,
  { database, port, sites, steps = 1 }: WorkerSetting,
  site: string,
): Promise<WorkerProcess> {
  const args = [script, database, String(port), JSON.stringify(sites), site, String(steps)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const process_: WorkerProcess = {
    pid: child.pid ?? 0,
    gone,
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await gone;
    },
  };
  const ready = child.stdout ? once(child.stdout, 'data') : Promise.reject(new Error('no output'));
  const first = await Promise.race([ready.then(() => 'ready'), gone.then(() => 'gone')]);
  if (first === 'gone') throw new Error('the worker does not start');
  return process_;
}
