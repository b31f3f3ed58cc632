import { expect, test } from 'vitest';
import { shortenNames } from '../../../src/fleet/shortenNames';

test.each([
  [[], ''],
  [['desk'], 'desk'],
  [['lab-1', 'lab-2'], 'lab-1, lab-2'],
  [['lab-01', 'lab-02', 'lab-03'], 'lab-[01-03]'],
  [['lab-8', 'lab-9', 'lab-10', 'lab-11'], 'lab-[8-11]'],
  [['lab-08', 'lab-09', 'lab-10', 'lab-11'], 'lab-[08-11]'],
  [['lab-1', 'lab-02', 'lab-3'], 'lab-1, lab-02, lab-3'],
  [['a1.x', 'a2.x', 'a3.x', 'a4.y'], 'a[1-3].x, a4.y'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  [['a', 'b', 'c', 'n1', 'n2', 'n3', 'd'], 'a, b, c and 4 more'],
  [['ipmi://[::1]', 'ipmi://[::2]', 'ipmi://[::3]'], 'ipmi://[::1], ipmi://[::2], ipmi://[::3]'],
  [['9999999999', '10000000000'], '9999999999, 10000000000'],
])('%j is shown as %j', (names, expected) => {
  expect(shortenNames(names)).toBe(expected);
});

test('as many parts as asked for', () => {
  expect(shortenNames(['a', 'b', 'c', 'd', 'e'], 4)).toBe('a, b, c, d and 1 more');
});
