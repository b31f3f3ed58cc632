import { outcomesByUrgency } from '../../webviews/shared/outcomes';
import type { ComputerResult } from '../jobs/result';

/** `2 failed, 38 done`: what needs a look comes first. */
export function summarize(results: readonly ComputerResult[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return outcomesByUrgency
    .filter((outcome) => counts.has(outcome))
    .map((outcome) => `${counts.get(outcome) ?? 0} ${outcome}`)
    .join(', ');
}
