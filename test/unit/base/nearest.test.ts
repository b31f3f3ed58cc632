import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../../src/base/nearest';

const operations = ['power.on', 'power.off', 'power.cycle', 'power.reset'];

test.each([
  ['power.of', 'power.off'],
  ['POWER.ON', 'power.on'],
  ['power.cycel', 'power.cycle'],
])('%s is nearest to %s', (word, expected) => {
  expect(nearest(word, operations)).toBe(expected);
});

test('nothing is suggested for something else altogether', () => {
  expect(nearest('identify', operations)).toBeUndefined();
  expect(didYouMean('identify', operations)).toBe('');
});

test('of a short word one letter may be wrong', () => {
  expect(nearest('sil', ['sol', 'wol'])).toBe('sol');
  expect(nearest('foo', ['sol', 'wol'])).toBeUndefined();
});

test('the suggestion is a sentence of its own', () => {
  expect(didYouMean('power.rest', operations)).toBe(' Did you mean "power.reset"?');
});
