import type { Amount } from '../file/job';

/** How many computers each wave has; what the waves leave over is a last one. Of a share there is at least one, rounded down. */
export function waveSizes(waves: readonly Amount[], total: number): readonly number[] {
  const sizes: number[] = [];
  let begun = 0;
  for (const wave of [...waves, { percent: 100 }]) {
    const upTo = Math.min(total, 'count' in wave ? wave.count : Math.max(1, Math.floor((total * wave.percent) / 100)));
    if (upTo > begun) sizes.push(upTo - begun);
    begun = Math.max(begun, upTo);
  }
  return sizes;
}
