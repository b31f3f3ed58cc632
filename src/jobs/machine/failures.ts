import type { Strategy } from '../file/job';
import type { Outcome } from '../result';

/** Whether a computer counts among those that failed. */
export function isFailure(outcome: Outcome): boolean {
  return outcome === 'failed' || outcome === 'unknown';
}

/** How many of the run’s computers may fail; one more, and it stops early. A share is rounded down. */
export function allowedFailures({ failFast }: Pick<Strategy, 'failFast'>, total: number): number {
  if (!failFast) return Infinity;
  return 'count' in failFast ? failFast.count : Math.floor((total * failFast.percent) / 100);
}
