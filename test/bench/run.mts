// npm run bench -- CASE [options]: what `cases.mts` says, under the guard, so that nothing outlives it however it ends.
import { join } from 'node:path';
import { start } from '../tools/run.mts';

const cases = join(import.meta.dirname, 'cases.mts');
start(process.execPath, [cases, ...process.argv.slice(2)], { output: 'inherit' }).once('close', (code) => {
  process.exitCode = code ?? 1;
});
