import { expect, test } from 'vitest';
import { printable } from '../../../src/base/printable';

test.each([
  ['plain – ü 漢 😀', 'plain – ü 漢 😀'],
  ['a\u001b[2Jb', 'a [2Jb'],
  ['a\u009b31mb', 'a 31mb'],
  ['a\r\nb', 'a  b'],
  ['a\u202eb\u2066c', 'a b c'],
])('%j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});
