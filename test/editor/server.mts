import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { ensureCodeServer } from '../tools/codeServer.mts';
import { installExtension, type LaunchOptions, launchCodeServer } from '../tools/launchCodeServer.mts';
import { linkExtension } from '../tools/linkExtension.mts';

type VsCode = typeof vscode;
type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

const bridge = join(import.meta.dirname, 'bridge');

/** Nothing that moves, asks or calls home; no modal that swallows clicks. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'terminal.integrated.gpuAcceleration': 'off',
  'window.commandCenter': false,
  'workbench.editor.useModal': 'off',
  'workbench.quickOpen.closeOnFocusLost': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

export interface EditorOptions {
  /** Everything that this run writes; emptied first. */
  readonly dir: string;
  /** Copied, and the copy is opened. */
  readonly workspace: string;
  /** A packaged extension, as a user gets it, or an extension's folder, which is quicker to change. */
  readonly extension: { readonly vsix: string } | { readonly folder: string };
  /** `asked`: the folder opens in Restricted Mode. */
  readonly trust?: 'always' | 'asked';
  readonly settings?: Readonly<Record<string, Json>>;
  /** For the extension host, such as `SIDEBAND_SECRET_…`. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface EditorServer extends AsyncDisposable {
  readonly url: string;
  /** The copy of the workspace. */
  readonly workspace: string;
  /** Where the extension and command lines of this test keep their state (`SIDEBAND_STATE`). */
  readonly state: string;
  /** Runs `run` in the extension host. It sees only its two parameters; what it returns must be JSON. */
  evaluate<Arg extends Json, Result>(
    run: (api: VsCode, arg: Arg) => PromiseLike<Result> | Result,
    arg: Arg,
  ): Promise<Awaited<Result>>;
  evaluate<Result>(run: (api: VsCode) => PromiseLike<Result> | Result): Promise<Awaited<Result>>;
  output(): string;
  /** VS Code's log files whose path matches, with their names. */
  logs(pattern: RegExp): string;
}

function prepareFolders(options: EditorOptions): void {
  const at = (...path: readonly string[]): string => join(options.dir, ...path);
  rmSync(at(), { recursive: true, force: true });
  for (const folder of [at('data', 'User'), at('home'), at('extensions'), at('state')])
    mkdirSync(folder, { recursive: true });
  cpSync(options.workspace, at('workspace'), { recursive: true });
  writeFileSync(
    at('data', 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...options.settings }, null, 2),
  );
  linkExtension(bridge, at('extensions'));
  if ('folder' in options.extension) linkExtension(options.extension.folder, at('extensions'));
}

/** Starts VS Code's server with its own home, settings, extensions and copy of a workspace. */
export async function startEditorServer(options: EditorOptions): Promise<EditorServer> {
  const dir = resolve(options.dir);
  const at = (...path: readonly string[]): string => join(dir, ...path);
  prepareFolders({ ...options, dir });
  const launch: LaunchOptions = {
    installed: await ensureCodeServer((text) => {
      console.log(text);
    }),
    data: at('data'),
    extensions: at('extensions'),
    trust: options.trust ?? 'always',
    env: {
      HOME: at('home'),
      XDG_CONFIG_HOME: at('home', 'config'),
      XDG_DATA_HOME: at('home', 'share'),
      XDG_CACHE_HOME: at('home', 'cache'),
      SIDEBAND_STATE: at('state'),
      SIDEBAND_TEST_BRIDGE: at('bridge.json'),
      ...options.env,
    },
  };
  if ('vsix' in options.extension) await installExtension(resolve(options.extension.vsix), launch);
  const server = await launchCodeServer(launch);
  return {
    url: `http://127.0.0.1:${server.port}/?${new URLSearchParams({ folder: at('workspace') }).toString()}`,
    workspace: at('workspace'),
    state: at('state'),
    evaluate: (run: (vscode: VsCode, arg: never) => unknown, arg?: Json) =>
      evaluateAt(at('bridge.json'), String(run), arg),
    output: () => server.output(),
    logs: (pattern) => readLogs(at('data', 'logs'), pattern),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** The bridge comes up with the extension host, and anew after a reload of the page: so it is asked until it answers. */
async function evaluateAt(file: string, source: string, arg: Json): Promise<unknown> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    let response: Response;
    try {
      const { port, token } = JSON.parse(readFileSync(file, 'utf8')) as { port: number; token: string };
      const body = JSON.stringify({ source, arg });
      response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers: { authorization: token }, body });
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(100);
      continue;
    }
    const { value, error } = (await response.json()) as { value: unknown; error?: string };
    if (error !== undefined) throw new Error(`in the extension host: ${error}`);
    return value;
  }
}

function readLogs(folder: string, pattern: RegExp): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
    .filter(({ entry, path }) => entry.isFile() && pattern.test(path))
    .map(({ path }) => `== ${path.slice(folder.length + 1)}\n${readFileSync(path, 'utf8')}`)
    .join('\n');
}
