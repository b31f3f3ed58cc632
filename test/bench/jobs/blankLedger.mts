import type { Ledger } from '../../../src/jobs/ledger';
import { testLedger } from '../../fakes/ledger';

const nothing = (): Promise<void> => Promise.resolve();
const writer = { id: 'blank', intend: nothing, closeStep: nothing, close: nothing, end: nothing };

/** Keeps nothing of a run, so that a run with it shows what the engine costs without its record. */
export function blankLedger(): Ledger {
  return { ...testLedger(), begin: () => Promise.resolve(writer) };
}
