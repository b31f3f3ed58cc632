import { expect, test } from 'vitest';
import { ByteReader, concatBytes, fromHex, toHex } from '../../../src/base/bytes';

test('numbers are read in the byte order that the name says', () => {
  const reader = new ByteReader(fromHex('01 0203 040506 0708090a 0b0c 0d0e0f10'.replaceAll(' ', '')));
  expect(reader.u8()).toBe(0x01);
  expect(reader.u16le()).toBe(0x0302);
  expect(reader.u24le()).toBe(0x060504);
  expect(reader.u32le()).toBe(0x0a090807);
  expect(reader.u16be()).toBe(0x0b0c);
  expect(reader.u32be()).toBe(0x0d0e0f10);
  expect(reader.remaining).toBe(0);
});

test('a 32-bit number with its top bit set is not negative', () => {
  expect(new ByteReader(fromHex('ffffffff')).u32le()).toBe(0xffffffff);
  expect(new ByteReader(fromHex('80000000')).u32be()).toBe(0x80000000);
});

test('reading past the end is a typed error and takes nothing', () => {
  const reader = new ByteReader(fromHex('0102'));
  expect(() => reader.bytes(3)).toThrow(expect.objectContaining({ code: 'protocol.truncated' }));
  expect(() => {
    reader.skip(-1);
  }).toThrow(expect.objectContaining({ code: 'protocol.truncated' }));
  expect(reader.remaining).toBe(2);
  expect(toHex(reader.rest())).toBe('0102');
});

test('a reader over a part of a message does not see beyond it', () => {
  const reader = new ByteReader(fromHex('aabbccdd'), 1, 3);
  expect(toHex(reader.rest())).toBe('bbcc');
  expect(() => reader.u8()).toThrow(expect.objectContaining({ code: 'protocol.truncated' }));
});

test('bytes are joined in order', () => {
  expect(toHex(concatBytes(fromHex('01'), new Uint8Array(0), fromHex('0203')))).toBe('010203');
});
