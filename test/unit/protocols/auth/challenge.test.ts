import { expect, test } from 'vitest';
import { parseChallenges } from '../../../../src/protocols/auth/challenge';

const read = (...headers: readonly string[]): unknown =>
  parseChallenges(headers).map(({ scheme, parameters: found }) => [scheme, Object.fromEntries(found)]);

test.each<[string, unknown]>([
  ['Digest realm="a, b", nonce="c"', [['digest', { realm: 'a, b', nonce: 'c' }]]],
  ['Digest realm="a",nonce="c",stale="false"', [['digest', { realm: 'a', nonce: 'c', stale: 'false' }]]],
  ['DIGEST Realm = "a" , NONCE=c', [['digest', { realm: 'a', nonce: 'c' }]]],
  [
    'Negotiate, Digest realm="a", Basic realm="b"',
    [
      ['negotiate', {}],
      ['digest', { realm: 'a' }],
      ['basic', { realm: 'b' }],
    ],
  ],
  [
    'Negotiate YIIB+/aa==, Digest realm="a"',
    [
      ['negotiate', {}],
      ['digest', { realm: 'a' }],
    ],
  ],
  ['Digest realm="", nonce=""', [['digest', { realm: '', nonce: '' }]]],
  ['Digest realm="a\\"b", nonce="n"', [['digest', { realm: 'a"b', nonce: 'n' }]]],
  [
    'Digest realm="unfinished, nonce="n"',
    [
      ['digest', { realm: 'unfinished, nonce=' }],
      ['n', {}],
    ],
  ],
])('%s', (header, expected) => {
  expect(read(header)).toEqual(expected);
});

test('of several headers the challenges come in their order', () => {
  expect(read('Basic realm="b"', 'Digest realm="a"')).toEqual([
    ['basic', { realm: 'b' }],
    ['digest', { realm: 'a' }],
  ]);
});
