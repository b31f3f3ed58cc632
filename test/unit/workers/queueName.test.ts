import { expect, test } from 'vitest';
import { queueName } from '../../../src/workers/queueName';

test.each([
  ['oslo', 'site.oslo'],
  ['', 'site.'],
  ['Oslo-2', 'site.Oslo-2'],
  ['a_b', 'site.a_5fb'],
  ['São Paulo', 'site.S_c3_a3o_20Paulo'],
  ["x'; DROP TABLE runs; --", 'site.x_27_3b_20DROP_20TABLE_20runs_3b_20--'],
])('the queue of site %j is %s', (site, name) => {
  expect(queueName(site)).toBe(name);
});

test('long names are cut, and stay different', () => {
  const [one, other] = [queueName(`${'x'.repeat(300)}a`), queueName(`${'x'.repeat(300)}b`)];
  expect(one).not.toBe(other);
  expect(one).toMatch(/^site\.x{20}__[0-9a-f]{64}$/);
});
