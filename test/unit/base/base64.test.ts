import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from '../../../src/base/base64';

test.each([
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
])('RFC 4648 section 10: %j', (text, encoded) => {
  const bytes = new TextEncoder().encode(text);
  expect(toBase64(bytes)).toBe(encoded);
  expect(fromBase64(encoded)).toEqual(bytes);
});

test('every byte', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  expect(toBase64(Uint8Array.of(0xfb, 0xff, 0xfe))).toBe('+//+');
});

test('white space between the digits is skipped', () => {
  expect(fromBase64(' Zm9v\r\n\tYmFy ')).toEqual(new TextEncoder().encode('foobar'));
});

test.each(['Z', 'Zg', 'Zg=', 'Z===', '====', 'Zg==Zg==', 'Zm9v-_', 'Zm9v!', 'test?'])('%j is refused', (text) => {
  expect(() => fromBase64(text)).toThrow(expect.objectContaining({ code: 'protocol.invalid' }));
});
