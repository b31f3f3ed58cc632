// `npm test`: everything, in order, with one closing line.
//   node test/tools/test.mts [check] [build] [unit] [package] [editor] [--screenshot]
// Without names all stages run. --screenshot lets the end-to-end tests write media/screenshot.png anew.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { check } from './check.mts';
import { findChromium } from './chromium.mts';
import { ensureCodeServer, whyNoCodeServer } from './codeServer.mts';
import { ensureDebianPackages } from './debian.mts';
import { inOut, root } from './paths.mts';
import { run, runTool } from './run.mts';
import {
  add,
  describeTally,
  nothing,
  oneFailed,
  onePassed,
  oneSkipped,
  readTap,
  readVitestReport,
  type Tally,
  withExit,
} from './tally.mts';

interface Stage {
  readonly title: string;
  /** Without these it has nothing to run on. */
  readonly after: readonly StageName[];
  readonly run: () => Promise<Tally>;
}
type StageName = 'check' | 'build' | 'unit' | 'package' | 'editor';

const began = performance.now();
const say = (text: string): void => {
  console.log(`[${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s] ${text}`);
};
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { screenshot: { type: 'boolean', default: false } },
});
let codeServer: Promise<Error | undefined> | undefined;

const stages: Readonly<Record<StageName, Stage>> = {
  check: { title: 'types, lint, borders, format, generated files', after: [], run: () => check(say) },
  build: {
    title: 'build',
    after: [],
    run: async () =>
      (await run(process.execPath, ['esbuild.mjs'], { output: 'inherit', timeoutMs: 120_000 })).ok
        ? onePassed
        : oneFailed,
  },
  unit: { title: 'unit, property and integration tests', after: [], run: runVitest },
  package: { title: 'package, and the test tools themselves', after: ['build'], run: packExtension },
  editor: { title: 'end to end in VS Code', after: ['package'], run: runEditorTests },
};

async function runVitest(): Promise<Tally> {
  const report = inOut('vitest.json');
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const exit = await runTool('vitest/vitest.mjs', ['run', '--config', 'test/vitest.config.mts', ...reporters], {
    output: 'inherit',
    timeoutMs: 900_000,
  });
  return withExit(existsSync(report) ? readVitestReport(readFileSync(report, 'utf8')) : nothing, exit);
}

/** Files of one kind in one process after the other: they own ports, browsers and the processor's time. */
async function runNodeTests(name: string, pattern: string): Promise<Tally> {
  const files = globSync(pattern, { cwd: root }).sort();
  if (files.length === 0) return oneSkipped(`${name}: no file matches ${pattern}`);
  const report = inOut(`${name}.tap`);
  rmSync(report, { force: true });
  const reporters = ['spec', 'stdout', 'tap', report].map(
    (value, i) => `--test-reporter${i % 2 ? '-destination' : ''}=${value}`,
  );
  const exit = await run(process.execPath, ['--test', '--test-concurrency=1', ...reporters, ...files], {
    output: 'inherit',
    timeoutMs: 900_000,
    env: { ...process.env, ...(values.screenshot && { SIDEBAND_SCREENSHOT: join(root, 'media/screenshot.png') }) },
  });
  return withExit(existsSync(report) ? readTap(readFileSync(report, 'utf8')) : nothing, exit);
}

async function packExtension(): Promise<Tally> {
  const { ok } = await run(process.execPath, ['test/tools/package.mts'], { output: 'inherit', timeoutMs: 180_000 });
  return ok ? runNodeTests('package', 'test/tools/*.test.mts') : oneFailed;
}

async function runEditorTests(): Promise<Tally> {
  if (findChromium() === undefined)
    return oneSkipped('end to end in VS Code: no Chromium (CHROMIUM=<program> names one)');
  const unsupported = whyNoCodeServer();
  if (unsupported !== undefined) return oneSkipped(`end to end in VS Code: ${unsupported}`);
  const failure = await (codeServer ?? installCodeServer());
  if (failure !== undefined) {
    say(failure.message);
    return oneFailed;
  }
  return runNodeTests('editor', 'test/editor/**/*.e2e.mts');
}

/** Begun early and awaited late: it waits for the network while the checks work. */
function installCodeServer(): Promise<Error | undefined> {
  return ensureCodeServer(say).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
}

const isStage = (name: string): name is StageName => name in stages;
for (const name of positionals) {
  if (isStage(name)) continue;
  console.error(`there is no stage ${name}; there are ${Object.keys(stages).join(', ')}`);
  process.exit(2);
}
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));

mkdirSync(inOut(), { recursive: true });
const wanted = Object.keys(stages)
  .filter(isStage)
  .filter((name) => positionals.length === 0 || positionals.includes(name));
const leftOut = wanted.includes('unit') || wanted.includes('editor') ? ensureDebianPackages(say) : [];
if (wanted.includes('editor') && whyNoCodeServer() === undefined) codeServer = installCodeServer();

const results = new Map<StageName, Tally>();
const lines: string[] = [];
for (const name of wanted) {
  const { title, after, run: runStage } = stages[name];
  const broken = after.find((earlier) => (results.get(earlier)?.failed ?? 0) > 0);
  const started = performance.now();
  say(title);
  const tally = broken === undefined ? await runStage() : oneSkipped(`${title}: ${stages[broken].title} failed`);
  results.set(name, tally);
  lines.push(
    `  ${title.padEnd(46)}  ${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${describeTally(tally)}`,
  );
}

const total = add(...results.values());
console.log(`\n${lines.join('\n')}`);
const notRun = [...leftOut, ...total.notRun];
if (notRun.length > 0) console.log(`\nNot run:\n${notRun.map((line) => `  - ${line}`).join('\n')}`);
console.log(`\n${describeTally(total)}`);
process.exit(total.failed > 0 ? 1 : 0);
