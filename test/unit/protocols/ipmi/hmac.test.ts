import { expect, test } from 'vitest';
import { hmac } from '../../../../src/protocols/ipmi/hmac';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const repeat = (byte: number, count: number): Uint8Array => new Uint8Array(count).fill(byte);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

// RFC 2202 section 3, cases 1, 2, 3 and 6; RFC 4231 section 4, the same ones.
test.each([
  ['sha1', repeat(0x0b, 20), [text('Hi There')], 'b617318655057264e28bc0b6fb378c8ef146be00'],
  ['sha1', text('Jefe'), [text('what do ya want '), text('for nothing?')], 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'],
  ['sha1', repeat(0xaa, 20), [repeat(0xdd, 50)], '125d7342b9ac11cd91a39af48aa17b4f63f175d3'],
  [
    'sha1',
    repeat(0xaa, 80),
    [text('Test Using Larger Than Block-Size Key - Hash Key First')],
    'aa4ae5e15272d00e95705637ce8a3b55ed402112',
  ],
  ['sha256', repeat(0x0b, 20), [text('Hi There')], 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    'sha256',
    text('Jefe'),
    [text('what do ya want '), text('for nothing?')],
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    'sha256',
    repeat(0xaa, 131),
    [text('Test Using Larger Than Block-Size Key - Hash Key First')],
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
] as const)('%s with the key %s', (algorithm, key, parts, digest) => {
  expect(hex(hmac(algorithm, key, ...parts))).toBe(digest);
});
