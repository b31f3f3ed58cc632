import { expect, test } from 'vitest';
import { escapeMarkdown } from '../../../src/base/markdown';

test.each([
  ['node_01 in rack_r7', 'node_01 in rack_r7'],
  ['_x_ and *y*', '\\_x\\_ and \\*y\\*'],
  ['a | b', 'a \\| b'],
  ['<script>alert(1)</script>', '\\<script>alert(1)\\</script>'],
  ['&lt;', '\\&lt;'],
  ['![x](command:y) `z`', '!\\[x\\](command:y) \\`z\\`'],
  ['two\r\nlines\u0000', 'two lines '],
  ['left\u202eright\u2066', 'left right '],
])('%j is shown literally', (text, expected) => {
  expect(escapeMarkdown(text)).toBe(expected);
});
