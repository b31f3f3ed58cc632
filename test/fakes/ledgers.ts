import { join } from 'node:path';
import type { Ledger, RunHeader } from '../../src/jobs/ledger';
import type { ComputerResult } from '../../src/jobs/result';
import { openLedger } from '../../src/jobs/sqliteLedger';
import { leaveToDeadProcess } from './deadProcess';
import { memoryLedger } from './ledger';
import { temporaryFolder } from './temporaryFolder';

/** A ledger to test, of either kind. */
export interface LedgerWorld extends Disposable {
  readonly ledger: Ledger;
  /** The process dies whose runs are going on. */
  die(): void;
}

/** The real ledger and the fake one: what a test says holds for both. */
export const ledgerKinds: readonly (readonly [name: string, open: () => LedgerWorld])[] = [
  ['SQLite', sqliteWorld],
  ['memory', memoryWorld],
];

export function sqliteWorld(): LedgerWorld & { readonly file: string } {
  const folder = temporaryFolder();
  const file = join(folder.path, 'ledger.sqlite');
  const ledger = openLedger(file);
  return {
    ledger,
    file,
    die: () => {
      leaveToDeadProcess(file);
    },
    [Symbol.dispose]() {
      ledger.dispose();
      folder[Symbol.dispose]();
    },
  };
}

function memoryWorld(): LedgerWorld {
  const ledger = memoryLedger();
  return {
    ledger,
    die: () => {
      ledger.die();
    },
    [Symbol.dispose]() {
      ledger.dispose();
    },
  };
}

/** A job with two steps, on these computers. */
export function jobHeader(computers: readonly string[], dueAt?: string): RunHeader {
  return {
    subject: 'jobs/night.yaml',
    title: 'Night',
    danger: 'disruptive',
    parameters: { room: 12 },
    targets: '*',
    folder: '/fleet',
    planHash: '0123456789ab',
    computers,
    job: {
      source: { file: 'jobs/night.yaml', texts: { 'jobs/night.yaml': 'name: Night\n' }, inputs: { room: 12 } },
      steps: [
        { id: 'wake', title: 'Wake', uses: 'power.on', role: 'step' },
        { id: 'sleep', title: 'Sleep', uses: 'power.off', role: 'finally' },
      ],
      ...(dueAt !== undefined && { dueAt }),
    },
  };
}

export function done(computer: string): ComputerResult {
  return { computer, ok: true, outcome: 'done', technology: 'ipmi', durationMs: 5 };
}
