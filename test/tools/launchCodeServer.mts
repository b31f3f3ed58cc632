import { once } from 'node:events';
import { join } from 'node:path';
import type { CodeServer } from './codeServer.mts';
import { run, start, stop } from './run.mts';

const startLimitMs = 60_000;

export interface LaunchOptions {
  readonly installed: CodeServer;
  /** Settings, state and logs. */
  readonly data: string;
  readonly extensions: string;
  /** Without trust a folder opens in Restricted Mode. */
  readonly trust: 'always' | 'asked';
  readonly env?: NodeJS.ProcessEnv;
}

export interface RunningCodeServer extends AsyncDisposable {
  readonly port: number;
  /** What the server printed so far. */
  output(): string;
  /** Resolves when the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
}

function commonArgs({ installed, data, extensions }: LaunchOptions): readonly string[] {
  return [
    installed.entry,
    '--config',
    join(data, 'code-server.yaml'),
    '--user-data-dir',
    data,
    '--extensions-dir',
    extensions,
  ];
}

/** Ours, without what an outer VS Code's terminal adds and without requests to a marketplace. */
function environment(options: LaunchOptions): NodeJS.ProcessEnv {
  const outer = /^(VSCODE_|ELECTRON_RUN_AS_NODE|NODE_OPTIONS)/;
  const inherited = Object.entries(process.env).filter(([name]) => !outer.test(name));
  return { ...Object.fromEntries(inherited), EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...options.env };
}

/** Installs a packaged extension without a running server. */
export async function installExtension(vsix: string, options: LaunchOptions): Promise<void> {
  const args = [...commonArgs(options), '--install-extension', vsix, '--force'];
  const { ok, output } = await run(options.installed.node, args, {
    env: environment(options),
    timeoutMs: startLimitMs,
  });
  if (!ok) throw new Error(`${vsix} could not be installed:\n${output}`);
}

/** Starts code-server on a free loopback port; resolves when it listens. */
export async function launchCodeServer(options: LaunchOptions): Promise<RunningCodeServer> {
  const args = [
    ...commonArgs(options),
    ...['--bind-addr', '127.0.0.1:0', '--auth', 'none', '--disable-telemetry', '--disable-update-check'],
    ...['--disable-getting-started-override', '--disable-proxy'],
    ...(options.trust === 'always' ? ['--disable-workspace-trust'] : []),
  ];
  const child = start(options.installed.node, args, { env: environment(options) });
  const ended = once(child, 'exit').then(() => undefined);
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const fail = (what: string) => (): void => {
      reject(new Error(`code-server ${what}:\n${output}`));
    };
    const timer = setTimeout(fail('did not start'), startLimitMs);
    const onData = (text: string): void => {
      output += text;
      const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(output);
      if (!found) return;
      clearTimeout(timer);
      resolve(Number(found[1]));
    };
    child.stdout?.setEncoding('utf8').on('data', onData);
    child.stderr?.setEncoding('utf8').on('data', onData);
    child.once('exit', fail('ended'));
  }).catch(async (error: unknown) => {
    await stop(child);
    throw error;
  });
  return { port, output: () => output, ended, [Symbol.asyncDispose]: () => stop(child) };
}
