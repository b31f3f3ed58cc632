import { expect, test } from 'vitest';
import { toHex } from '../../../../src/base/bytes';
import { Secret } from '../../../../src/base/secret';
import { encodeHttpsBoot } from '../../../../src/technologies/amt/boot/httpsBoot';

test('a URL alone: vendor, type, length, value', () => {
  const { bytes, count } = encodeHttpsBoot({ url: 'https://a/b' });
  expect(toHex(bytes)).toBe('8680' + '0100' + '0b000000' + '68747470733a2f2f612f62');
  expect(count).toBe(1);
});

test('everything, in the order of its types', () => {
  const { bytes, count } = encodeHttpsBoot({
    url: 'h',
    imageHash: new Uint8Array(32).fill(0xaa),
    loadData: 'x',
    syncRootCertificates: true,
    serverName: { name: 'b', match: 'suffix' },
    serverHash: new Uint8Array(48).fill(0xbb),
    requestTimeout: 300,
    login: { user: 'u', password: new Secret('p') },
  });
  expect(count).toBe(10);
  expect(toHex(bytes)).toBe(
    [
      '868001000100000068',
      `8680040020000000${'aa'.repeat(32)}`,
      '86800a000100000078',
      '868014000100000001',
      '868015000100000062',
      '86801600020000000200',
      `8680180030000000${'bb'.repeat(48)}`,
      '86801e00020000002c01',
      '868028000100000075',
      '868029000100000070',
    ].join(''),
  );
});

test('what is too long, or no hash, is refused before anything is sent', () => {
  const url = 'https://a/';
  const encode = (boot: object) => () => encodeHttpsBoot({ url, ...boot });
  expect(encode({ url: `https://${'a'.repeat(293)}` })).toThrow('of 301 bytes, where 300 are allowed');
  expect(encode({ loadData: 'é'.repeat(26) })).toThrow('of 52 bytes, where 50 are allowed');
  expect(encode({ imageHash: new Uint8Array(20) })).toThrow('no SHA-256, SHA-384 or SHA-512');
  const login = { user: 'u', password: new Secret('seventeen letters') };
  expect(encode({ login })).toThrow('of 17 bytes, where 16 are allowed');
});
