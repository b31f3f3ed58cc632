import type { RunRecord } from './ledger';

/** Which computers of a run are to be done again, and which are left alone and why. */
export interface RerunSelection {
  readonly rerun: readonly string[];
  readonly left: readonly { readonly computer: string; readonly reason: string }[];
}

/**
 * Those that failed, were cancelled, skipped or not begun. What may have happened is done again only when the operation reads the
 * state first (`repeatable`).
 */
export function selectForRerun({ results, state }: RunRecord, repeatable: boolean): RerunSelection {
  const rerun: string[] = [];
  const left: { computer: string; reason: string }[] = [];
  for (const { computer, ok, outcome } of results) {
    if (ok) continue;
    if (outcome === 'running' || (outcome === 'not-begun' && state === 'running')) {
      left.push({ computer, reason: 'the run is still going on' });
    } else if (outcome === 'unknown' && !repeatable) {
      left.push({ computer, reason: 'it may have happened, and doing it twice does harm' });
    } else rerun.push(computer);
  }
  return { rerun, left };
}
