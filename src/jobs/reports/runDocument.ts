import type { Ledger, RecordedStep, RunRecord } from '../ledger';

/** A run with what became of each step: what reports are made of. */
export interface RunDocument {
  readonly record: RunRecord;
  /** In any order; empty for a run of one operation. */
  readonly steps: readonly RecordedStep[];
}

/** By id or unambiguous beginning of one; nothing when there is no such run. */
export async function readRunDocument(
  ledger: Pick<Ledger, 'run' | 'changes'>,
  id: string,
): Promise<RunDocument | undefined> {
  const record = await ledger.run(id);
  if (!record) return undefined;
  const steps = record.job ? (await ledger.changes(record.id, 0))?.steps : undefined;
  return { record, steps: steps ?? [] };
}
