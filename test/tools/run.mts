import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mts';

const guard = join(import.meta.dirname, 'guard.mts');

export interface StartOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `inherit` shows the output as it comes. */
  readonly output?: 'inherit' | 'pipe';
}

/** A program that ends with this process, however this process ends. Windows has no groups: there it runs without the guard. */
export function start(program: string, args: readonly string[], options: StartOptions = {}): ChildProcess {
  const output = options.output ?? 'pipe';
  const guarded = process.platform !== 'win32';
  const command = guarded ? [process.execPath, guard, program, ...args] : [program, ...args];
  return spawn(command[0] ?? program, command.slice(1), {
    cwd: options.cwd ?? root,
    env: options.env ?? process.env,
    detached: guarded,
    stdio: ['pipe', output, output],
  });
}

/** Ends what `start` started, and waits until it is gone. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (process.platform === 'win32') child.kill();
  else child.stdin?.destroy();
  await gone;
}

export interface RunOptions extends StartOptions {
  readonly timeoutMs: number;
}

export interface RunResult {
  readonly ok: boolean;
  /** Standard output and standard error as they came; empty when inherited. */
  readonly output: string;
  readonly seconds: number;
}

/** Runs a program to its end, and ends it when it takes too long. */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const began = performance.now();
  const child = start(program, args, options);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const timer = setTimeout(() => {
    const text = `\n${program} ${args.join(' ')}: not finished after ${options.timeoutMs / 1000} s, ended\n`;
    if (options.output === 'inherit') process.stderr.write(text);
    output += text;
    void stop(child);
  }, options.timeoutMs);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(null);
    });
    child.once('close', resolve);
  });
  clearTimeout(timer);
  return { ok: code === 0, output, seconds: (performance.now() - began) / 1000 };
}

/** Runs a tool of node_modules with the Node that runs this. */
export function runTool(script: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], options);
}

/** The program's path, or undefined when this machine does not have it. */
export function findProgram(...names: readonly string[]): string | undefined {
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  for (const name of names) {
    for (const folder of folders) {
      const found = extensions.map((extension) => join(folder, name + extension)).find(existsSync);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
