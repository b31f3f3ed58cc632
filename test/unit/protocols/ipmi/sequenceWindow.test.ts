import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance, nextSequence, SequenceWindow } from '../../../../src/protocols/ipmi/sequenceWindow';

test('each number is taken once, within 16 of the highest', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 200 }), (numbers) => {
      const window = new SequenceWindow();
      const seen = new Set<number>();
      let highest = 0;
      for (const number of numbers) {
        const isNear = highest === 0 || Math.abs(number - highest) <= 16;
        const expected = number !== 0 && isNear && !seen.has(number);
        expect(window.accept(number)).toBe(expected);
        if (!expected) continue;
        seen.add(number);
        highest = Math.max(highest, number);
        expect(window.highest).toBe(highest);
      }
    }),
  );
});

test('after FFFFFFFFh comes 1', () => {
  expect(nextSequence(0xffffffff)).toBe(1);
  expect(distance(0xffffffff, 1)).toBe(1);
  const window = new SequenceWindow();
  expect([0xfffffffe, 0xffffffff, 1, 2, 0xffffffff, 1, 3].map((number) => window.accept(number))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    true,
  ]);
  expect(window.highest).toBe(3);
});
