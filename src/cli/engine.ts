import { processIo } from './io';
import { run } from './run';

/** Runs the command line of this process; what `main.ts` loads when more than the version is asked for. */
export async function runProcess(argv: readonly string[]): Promise<void> {
  process.exitCode = await run(argv, processIo());
}
