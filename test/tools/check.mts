// `npm run check`: types, lint, borders, format, generated files. Says nothing of what is in order but that it is.
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mts';
import { run, type RunResult, runTool } from './run.mts';
import { add, nothing, oneFailed, onePassed, oneSkipped, type Tally } from './tally.mts';

interface Check {
  readonly name: string;
  readonly run: () => Promise<RunResult>;
}

const timeoutMs = 300_000;
const typescript = (project: string): Check => ({
  name: `types of ${project}`,
  run: () => runTool('typescript/bin/tsc', ['-p', join(project, 'tsconfig.json')], { timeoutMs }),
});
const code = ['src', 'webviews'].filter((folder) => existsSync(join(root, folder)));
const sources = [...code, 'test'];

const checks: readonly Check[] = [
  ...['.', 'src/extension', 'webviews', 'test']
    .filter((folder) => existsSync(join(root, folder, 'tsconfig.json')))
    .map(typescript),
  {
    name: 'lint',
    run: () =>
      runTool(
        'eslint/bin/eslint.js',
        ['-c', 'test/lint/eslint.config.mjs', '--max-warnings', '0', '--no-error-on-unmatched-pattern', ...sources],
        { timeoutMs },
      ),
  },
  {
    name: 'borders',
    run: () =>
      runTool('dependency-cruiser/bin/dependency-cruiser.mjs', ['--config', 'test/lint/layers.cjs', ...code], {
        timeoutMs,
      }),
  },
  {
    name: 'format',
    run: () =>
      runTool('prettier/bin/prettier.cjs', ['--check', '--no-error-on-unmatched-pattern', ...sources, '*.mjs'], {
        timeoutMs,
      }),
  },
];

/** Runs all of them, as many at once as there are processors. */
export async function check(say: (text: string) => void): Promise<Tally> {
  const queue = [...checks];
  const tallies: Tally[] = [];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { ok, output, seconds } = await next.run();
      say(`${ok ? '✓' : '✗'} ${next.name} (${seconds.toFixed(1)} s)`);
      if (!ok) console.log(output.trim());
      tallies.push(ok ? onePassed : oneFailed);
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  return add(...tallies, await checkGenerated(say));
}

async function checkGenerated(say: (text: string) => void): Promise<Tally> {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts?: Record<string, string>;
  };
  if (scripts?.generate === undefined) return oneSkipped('generated files: package.json has no script `generate`');
  const { ok, output, seconds } = await run('npm', ['run', '--silent', 'generate', '--', '--check'], { timeoutMs });
  say(`${ok ? '✓' : '✗'} generated files are up to date (${seconds.toFixed(1)} s)`);
  if (!ok) console.log(output.trim());
  return ok ? onePassed : oneFailed;
}

if (import.meta.main) {
  const { failed, notRun } = add(
    nothing,
    await check((text) => {
      console.log(text);
    }),
  );
  for (const line of notRun) console.log(`not run: ${line}`);
  process.exitCode = failed > 0 ? 1 : 0;
}
