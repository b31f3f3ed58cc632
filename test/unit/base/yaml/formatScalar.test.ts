import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatYamlScalar } from '../../../../src/base/yaml/formatScalar';
import { readPlainYaml } from '../../../../src/base/yaml/plainYaml';

test.each([
  ['Supermicro X11 (rev. 2)', 'Supermicro X11 (rev. 2)'],
  ['A', 'A'],
  ['no', '"no"'],
  ['Off', '"Off"'],
  ['17', '"17"'],
  ['1738-ABC', '"1738-ABC"'],
  ['a: b', '"a: b"'],
  ['a #b', '"a #b"'],
  ['ends with space ', '"ends with space "'],
  ['', '""'],
  ['bell\u0007\u0085', '"bell\\u0007\\u0085"'],
  [8, '8'],
  [false, 'false'],
])('%j is written as %s', (value, written) => {
  expect(formatYamlScalar(value)).toBe(written);
});

test('whatever it is, it is read back as it was', () => {
  const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string(), fc.integer(), fc.boolean());
  fc.assert(
    fc.property(value, (one) => {
      const line = `key: ${formatYamlScalar(one)}\n`;
      expect(parse(line)).toEqual({ key: one });
      expect([undefined, one]).toContainEqual((readPlainYaml(line) as { key: unknown } | undefined)?.key);
    }),
  );
});
