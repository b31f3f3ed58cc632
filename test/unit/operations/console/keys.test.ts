import { expect, test } from 'vitest';
import { keySequence } from '../../../../src/operations/console/keys';

// What xterm sends, as its control sequences document has it.
test.each([
  ['Enter', '\r'],
  ['Escape', '\u001b'],
  ['F1', '\u001bOP'],
  ['F5', '\u001b[15~'],
  ['F12', '\u001b[24~'],
  ['Delete', '\u001b[3~'],
  ['Up', '\u001b[A'],
  ['End', '\u001b[F'],
  ['Ctrl+A', '\u0001'],
  ['Ctrl+C', '\u0003'],
  ['Ctrl+Z', '\u001a'],
])('%s', (name, sequence) => {
  expect(keySequence(name, { isApplicationMode: false })).toBe(sequence);
});

test('cursor keys while a program asks for their other form', () => {
  expect(keySequence('Up', { isApplicationMode: true })).toBe('\u001bOA');
  expect(keySequence('F1', { isApplicationMode: true })).toBe('\u001bOP');
});
