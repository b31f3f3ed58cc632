// Runs as a process outside of the editor writes them, for what the editor shows of them.
import { pathToFileURL } from 'node:url';
import type { ComputerResult, Outcome } from '../../src/jobs/result.ts';
import type * as Ledgers from '../../src/jobs/sqliteLedger.ts';
import type { RunHeader, RunWriter, StepHeader } from '../../src/jobs/ledger.ts';
import { bundle } from '../tools/bundle.mts';
import { inOut } from '../tools/paths.mts';

/** The ledger, bundled so that Node can run it as it is. */
export async function loadLedger(): Promise<typeof Ledgers> {
  const file = await bundle(`export * from './src/jobs/sqliteLedger';`, inOut('editor', 'ledger.mjs'));
  return (await import(pathToFileURL(file).href)) as typeof Ledgers;
}

/** A job with these steps, of which those with a `!` are in `finally`. */
export function jobHeader(
  title: string,
  folder: string,
  options: Record<'steps' | 'computers', readonly string[]>,
): RunHeader {
  const { steps, computers } = options;
  const file = `.sideband/jobs/${title.toLowerCase().replaceAll(' ', '-')}.yaml`;
  return {
    subject: file,
    title,
    danger: 'disruptive',
    parameters: {},
    targets: '@rack',
    folder,
    planHash: '0123456789ab',
    computers,
    job: { source: { file, texts: {}, inputs: {} }, steps: steps.map(toStep) },
  };
}

function toStep(title: string, index: number): StepHeader {
  const name = title.replace('!', '');
  const role = title.endsWith('!') ? 'finally' : 'step';
  return { id: `step-${index + 1}`, title: name, uses: 'power.on', role };
}

export const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `node${String(index + 1).padStart(count.toString().length, '0')}`);

export function result(computer: string, outcome: Outcome, more: Partial<ComputerResult> = {}): ComputerResult {
  const ok = outcome === 'done' || outcome === 'already';
  return { computer, outcome, ok, durationMs: 0, ...more };
}

/** Takes all computers through their steps, 250 at a time, and ends the run: of 97 computers one fails. */
export async function writeThrough(run: RunWriter, computers: readonly string[], steps: number): Promise<void> {
  for (let from = 0; from < computers.length; from += 250) {
    const writes = computers.slice(from, from + 250).flatMap((computer, index) => {
      const outcome = (from + index) % 97 === 5 ? 'failed' : 'done';
      const ended = result(computer, outcome, {
        durationMs: 900 + index * 7,
        ...(outcome === 'done' && { value: { power: 'on' } }),
      });
      const closed = Array.from({ length: steps }, (_, step) => run.closeStep({ step, attempts: 1, result: ended }));
      return [...closed, run.close(ended)];
    });
    await Promise.all(writes);
  }
  await run.end('finished');
}
