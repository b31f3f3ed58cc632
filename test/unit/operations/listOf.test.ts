import * as z from 'zod';
import { expect, test } from 'vitest';
import { listOf } from '../../../src/operations/listOf';

const colours = listOf(z.enum(['red', 'green']));

test('a list, and the same as text with commas between', () => {
  expect(colours.parse(['red', 'green'])).toEqual(['red', 'green']);
  expect(colours.parse('red, green,')).toEqual(['red', 'green']);
  expect(colours.parse('')).toEqual([]);
});

test('an item that is none is refused in both', () => {
  expect(colours.safeParse('red, blue').success).toBe(false);
  expect(colours.safeParse(['blue']).success).toBe(false);
  expect(colours.safeParse(7).success).toBe(false);
});
