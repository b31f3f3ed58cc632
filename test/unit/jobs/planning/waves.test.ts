import { expect, test } from 'vitest';
import type { Amount } from '../../../../src/jobs/file/job';
import { waveSizes } from '../../../../src/jobs/planning/waves';

const all: Amount = { percent: 100 };

test.each<readonly [readonly Amount[], number, readonly number[]]>([
  [[], 40, [40]],
  [[], 0, []],
  [[{ count: 1 }, { percent: 10 }, all], 40, [1, 3, 36]],
  [[{ count: 1 }, { percent: 10 }], 40, [1, 3, 36]],
  [[{ count: 1 }, { percent: 10 }, all], 5, [1, 4]],
  [[{ percent: 1 }, all], 10, [1, 9]],
  [[{ percent: 19 }], 10, [1, 9]],
  [[{ count: 5 }, { count: 50 }], 3, [3]],
  [[{ count: 5 }, { percent: 10 }, all], 20, [5, 15]],
])('%j of %i computers are waves of %j', (waves, total, sizes) => {
  expect(waveSizes(waves, total)).toEqual(sizes);
});
