// A simulator in a process of its own, so that its work is not counted as the client's.
import { type ChildProcess, fork } from 'node:child_process';
import { bundle } from '../tools/bundle.mts';
import { inOut } from '../tools/paths.mts';

export interface SimulatorProcess<Facts, Stats> extends AsyncDisposable {
  /** What it said when it was ready. */
  readonly facts: Facts;
  stats(): Promise<Stats>;
}

export interface Program {
  /** Of the bundle that is made of it. */
  readonly name: string;
  /** An ES module that gives `start(spec)`, which resolves with `{ facts, stats }`; `stats()` is called again and again. */
  readonly contents: string;
}

const startMs = 60_000;

/** Starts it; it ends when it is disposed of, and when this process is gone. */
export async function startSimulator<Facts, Stats>(
  { name, contents }: Program,
  spec: object,
): Promise<SimulatorProcess<Facts, Stats>> {
  const around = `
    process.on('disconnect', () => process.exit());
    void start(JSON.parse(process.env.BENCH_SPEC)).then(({ facts, stats }) => {
      process.on('message', () => process.send(stats()));
      process.send(facts);
    });`;
  const file = await bundle(`${contents}\n${around}`, inOut('bench', `${name}.mjs`));
  const child = fork(file, [], { env: { ...process.env, BENCH_SPEC: JSON.stringify(spec) }, stdio: 'inherit' });
  try {
    const facts = (await nextMessage(child, name)) as Facts;
    return {
      facts,
      stats() {
        child.send('stats');
        return nextMessage(child, name) as Promise<Stats>;
      },
      [Symbol.asyncDispose]: () => end(child),
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

function nextMessage(child: ChildProcess, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      clearTimeout(timer);
      child.off('message', told).off('exit', gone);
    };
    const told = (message: unknown): void => {
      finish();
      resolve(message);
    };
    const gone = (): void => {
      finish();
      reject(new Error(`${name} ended, or did not answer`));
    };
    const timer = setTimeout(gone, startMs);
    child.on('message', told).on('exit', gone);
    if (!child.connected) gone();
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
