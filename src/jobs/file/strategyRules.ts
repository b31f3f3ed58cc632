import type { Amount } from './job';
import type { JobFile } from './jobFileSchema';
import type { Mistake } from './mistake';

/** What is wrong with the strategy beyond its schema. */
export function* strategyMistakes({ waves = [], pause }: JobFile['strategy']): Generator<Mistake> {
  for (const [index, wave] of waves.entries()) {
    const before = waves.slice(0, index).findLast((one) => 'count' in one === 'count' in wave);
    if (before && sizeOf(wave) < sizeOf(before)) {
      const message = `at least ${formatAmount(before)} is expected: a wave counts those of the waves before it, too`;
      yield { path: ['strategy', 'waves', index], message };
    }
  }
  if (pause !== undefined && waves.length === 0) {
    yield { path: ['strategy', 'pause'], message: '`pause` is between waves, and there are no `waves`', at: 'key' };
  }
}

function sizeOf(amount: Amount): number {
  return 'count' in amount ? amount.count : amount.percent;
}

function formatAmount(amount: Amount): string {
  return 'count' in amount ? String(amount.count) : `${amount.percent}%`;
}
