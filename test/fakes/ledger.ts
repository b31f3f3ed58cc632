import { SidebandError } from '../../src/base/errors';
import type { Ledger, RunHeader } from '../../src/jobs/ledger';

export interface TestLedger extends Ledger {
  /** What was written, in order: `begin …`, `intend …`, `close … outcome`, `end state`. */
  readonly lines: readonly string[];
  readonly headers: readonly RunHeader[];
  /** From now on nothing can be written. */
  fill(): void;
}

/** A ledger in memory. */
export function testLedger(): TestLedger {
  const lines: string[] = [];
  const headers: RunHeader[] = [];
  let full = false;
  const write = (line: string): Promise<void> => {
    if (full) return Promise.reject(new SidebandError('ledger.unavailable', 'the disk is full'));
    lines.push(line);
    return Promise.resolve();
  };
  return {
    lines,
    headers,
    fill: () => {
      full = true;
    },
    async begin(header) {
      await write(`begin ${header.subject}`);
      headers.push(header);
      return {
        id: 'run-1',
        intend: ({ computer, technology }) => write(`intend ${computer} ${technology}`),
        closeStep: ({ step, result }) => write(`close ${result.computer} step ${step} ${result.outcome}`),
        close: (result) => write(`close ${result.computer} ${result.outcome}`),
        end: (state) => write(`end ${state}`),
      };
    },
    resume: () => Promise.reject(new SidebandError('run.ended', 'it has ended')),
    changes: () => Promise.resolve(undefined),
    keepPlan: () => Promise.resolve(),
    plan: () => Promise.resolve(undefined),
    schedules: {
      claim: () => Promise.resolve('claimed'),
      lookedAfter: () => Promise.resolve(undefined),
      lookAfter: () => Promise.resolve(),
    },
    runs: () => Promise.resolve([]),
    run: () => Promise.resolve(undefined),
    lastRun: () => Promise.resolve(undefined),
    dispose: () => undefined,
  };
}
