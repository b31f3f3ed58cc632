// `npm start`: builds, starts simulated computers, and opens VS Code on a sample folder of them.
//   npm start -- [--count N] [--browser]     --browser: VS Code in the browser even where there is a desktop's
import { type ChildProcess, execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { ensureCodeServer, whyNoCodeServer } from './codeServer.mts';
import { launchCodeServer, type RunningCodeServer } from './launchCodeServer.mts';
import { linkExtension } from './linkExtension.mts';
import { inOut, root } from './paths.mts';
import { findProgram, run, start, stop } from './run.mts';

const demoLimitMs = 60_000;
const demoFolder = inOut('demo');

/** Nothing that is not about the sample folder. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** The simulated computers' password; the extension reads it where its own store has none. */
const env = { ...process.env, SIDEBAND_SECRET_BMC_IPMI: 'demo', SIDEBAND_SECRET_AMT_AMT: 'demo' };

const { values } = parseArgs({ options: { count: { type: 'string' }, browser: { type: 'boolean', default: false } } });
const say = (text: string): void => {
  console.log(text);
};

/** Resolves when the simulated computers answer. */
async function startDemo(): Promise<ChildProcess> {
  rmSync(demoFolder, { recursive: true, force: true });
  const count = values.count === undefined ? [] : ['--count', values.count];
  const demo = start(process.execPath, ['dist/cli.js', 'demo', demoFolder, ...count], { env });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (what: string) => (): void => {
      reject(new Error(`the simulated computers ${what}:\n${output}`));
    };
    const timer = setTimeout(fail('did not start'), demoLimitMs);
    const onData = (text: string): void => {
      output += text;
      if (!/^ready\b/m.test(output)) return;
      clearTimeout(timer);
      resolve();
    };
    demo.stdout?.setEncoding('utf8').on('data', onData);
    demo.stderr?.setEncoding('utf8').on('data', onData);
    demo.once('exit', fail('ended'));
  }).catch(async (error: unknown) => {
    await stop(demo);
    throw error;
  });
  return demo;
}

/** The desktop's VS Code, where a window can open: not on a server, and not for root, whom it refuses. */
function findDesktopCode(): string | undefined {
  if (values.browser) return undefined;
  const onLinux = process.platform === 'linux';
  if (onLinux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  if (onLinux && process.getuid?.() === 0) return undefined;
  return findProgram('code');
}

/** Not guarded: the window belongs to the user and stays. */
async function openDesktop(code: string): Promise<boolean> {
  say(`opening VS Code (${code}) …`);
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, demoFolder];
  const shell = code.endsWith('.cmd'); // Windows runs those by its shell only
  const quoted = shell ? [code, ...args].map((part) => `"${part}"`) : [code, ...args];
  try {
    await promisify(execFile)(quoted[0] ?? code, quoted.slice(1), { env, shell, timeout: 60_000 });
    return true;
  } catch (error) {
    say(`it did not open, so the browser's is taken: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

async function openInBrowser(): Promise<RunningCodeServer> {
  const unsupported = whyNoCodeServer();
  if (unsupported !== undefined) {
    throw new Error(`no \`code\` on the PATH, and ${unsupported}: install VS Code and its \`code\` command`);
  }
  const installed = await ensureCodeServer(say);
  say('starting VS Code for the browser …');
  const extensions = inOut('start', 'extensions');
  const settings = inOut('start', 'data', 'User', 'settings.json');
  rmSync(extensions, { recursive: true, force: true });
  for (const folder of [extensions, join(settings, '..')]) mkdirSync(folder, { recursive: true });
  if (!existsSync(settings)) writeFileSync(settings, `${JSON.stringify(quietSettings, undefined, 2)}\n`);
  linkExtension(root, extensions);
  const server = await launchCodeServer({ installed, data: inOut('start', 'data'), extensions, trust: 'always', env });
  const address = `http://127.0.0.1:${server.port}/?${new URLSearchParams({ folder: demoFolder }).toString()}`;
  say(`\nVS Code is at  ${address}\n`);
  return server;
}

/** Resolves at Ctrl-C, at a request to end, or when one of the parts has ended by itself. */
function untilEnd(parts: readonly (Promise<void> | undefined)[]): Promise<void> {
  const signals = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
  return Promise.race([signals, ...parts.filter((part) => part !== undefined)]);
}

async function main(): Promise<void> {
  say('building …');
  if (!(await run(process.execPath, ['esbuild.mjs'], { output: 'inherit', timeoutMs: 120_000 })).ok)
    throw new Error('the build failed');
  say('starting simulated computers …');
  const demo = await startDemo();
  const demoEnded = new Promise<void>((resolve) =>
    demo.once('exit', () => {
      resolve();
    }),
  );
  let server: RunningCodeServer | undefined;
  try {
    say(`sample folder: ${demoFolder}`);
    const code = findDesktopCode();
    if (code === undefined || !(await openDesktop(code))) server = await openInBrowser();
    say('The view "Sideband" in the activity bar shows the computers. Ctrl-C here stops all of it.');
    await untilEnd([demoEnded, server?.ended]);
    say('\nstopping …');
  } finally {
    await server?.[Symbol.asyncDispose]();
    await stop(demo);
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
process.exit();
