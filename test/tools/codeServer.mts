import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { withLock } from './lock.mts';
import { cacheFolder } from './paths.mts';
import { run } from './run.mts';

const nodeVersion = '24.21.0';
const codeServerVersion = '4.139.1';
const platform = `${process.platform}-${process.arch}`;
const stubs = join(import.meta.dirname, 'stubs');

/** An installed code-server: VS Code's server with the workbench for the browser. */
export interface CodeServer {
  /** The Node that it is made for. */
  readonly node: string;
  readonly entry: string;
}

/** Why this machine cannot have it, or undefined. */
export function whyNoCodeServer(): string | undefined {
  const supported = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];
  return supported.includes(platform) ? undefined : `code-server does not run on ${platform}`;
}

/** Installs code-server into the user's cache, once, and says what it does meanwhile. */
export async function ensureCodeServer(say: (text: string) => void): Promise<CodeServer> {
  const folder = join(cacheFolder(), `code-server-${codeServerVersion}-node-${nodeVersion}-${platform}`);
  const packages = join(folder, 'node_modules');
  const installed: CodeServer = {
    node: join(packages, `node-${platform}`, 'bin', 'node'),
    entry: join(packages, 'code-server', 'out', 'node', 'entry.js'),
  };
  if (existsSync(folder)) return installed;

  const waiting = (pid: number): void => {
    say(`process ${pid} is installing code-server ${codeServerVersion}; waiting for it`);
  };
  await withLock(`${folder}.lock`, waiting, async () => {
    if (existsSync(folder)) return;
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true }); // of a run that was killed
    await install(partial, say);
    renameSync(partial, folder); // complete or absent, never half
  });
  return installed;
}

/**
 * Without install scripts, for they compile modules that are not needed here. The two native modules that are
 * always loaded get stand-ins; the terminal's and the file watcher's come ready-made for these platforms.
 */
async function install(folder: string, say: (text: string) => void): Promise<void> {
  say(
    `installing code-server ${codeServerVersion} and Node ${nodeVersion} into ${cacheFolder()} (once; about 800 MB) …`,
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  await npmInstall(folder, [`node-${platform}@${nodeVersion}`, `code-server@${codeServerVersion}`]);

  const code = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  say('installing the packages of its VS Code server …');
  const bin = join(folder, 'node_modules', `node-${platform}`, 'bin');
  await npmInstall(code, ['--omit=dev'], bin);
  await npmInstall(join(code, 'extensions'), ['--omit=dev'], bin);
  copyFileSync(join(stubs, 'spdlog.cjs'), join(code, 'node_modules', '@vscode', 'spdlog', 'index.js'));
  copyFileSync(join(stubs, 'nativeWatchdog.cjs'), join(code, 'node_modules', '@vscode', 'native-watchdog', 'index.js'));
  say('code-server is installed');
}

async function npmInstall(cwd: string, args: readonly string[], bin?: string): Promise<void> {
  const path = process.env.PATH ?? '';
  const env = { ...npmFreeEnvironment(), PATH: bin === undefined ? path : `${bin}${delimiter}${path}` };
  const options = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { ok, output } = await run('npm', [...options, ...args], { cwd, env, timeoutMs: 600_000 });
  if (!ok) throw new Error(`npm install of code-server failed:\n${output}`);
}

/** An npm inside an npm script would take over the outer one's settings, such as its `--prefix`. */
function npmFreeEnvironment(): NodeJS.ProcessEnv {
  const outer = /^npm_(package|lifecycle|command|execpath|node_execpath|config_(local_prefix|prefix|global_prefix))/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
}
