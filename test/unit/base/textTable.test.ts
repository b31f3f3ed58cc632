import { expect, test } from 'vitest';
import { formatTable } from '../../../src/base/textTable';

test('columns are as wide as their widest cell, and the last one as it likes', () => {
  const rows = [
    ['a', '1', 'x'],
    ['long', '22', 'as long as it likes'],
  ];
  expect(formatTable(rows, ['N', 'COUNT', ''])).toBe('N     COUNT\na     1      x\nlong  22     as long as it likes\n');
});

test('a report of many computers has more rows than a call has arguments', () => {
  const text = formatTable(Array.from({ length: 200_000 }, () => ['a', 'b']));
  expect(text).toHaveLength(200_000 * 'a  b\n'.length);
});
