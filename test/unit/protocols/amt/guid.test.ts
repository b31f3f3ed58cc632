import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64 } from '../../../../src/base/base64';
import { fromHex, toHex } from '../../../../src/base/bytes';
import { formatGuid, formatGuidDigits, parseGuid } from '../../../../src/protocols/amt/guid';

const recordedGuid = '55e3ae13-bfd2-61bb-17a0-88aedd7037ea';

test('the GUID of a recorded computer, as digits and as GetUuid gives it', () => {
  expect(formatGuidDigits('13AEE355D2BFBB6117A088AEDD7037EA')).toBe(recordedGuid);
  expect(formatGuid(fromBase64('E67jVdK/u2EXoIiu3XA36g=='))).toBe(recordedGuid);
  expect(toHex(parseGuid(recordedGuid))).toBe('13aee355d2bfbb6117a088aedd7037ea');
  expect(toHex(parseGuid(` ${recordedGuid.toUpperCase()} `))).toBe('13aee355d2bfbb6117a088aedd7037ea');
});

test('other lengths and digits are refused', () => {
  const failure = (code: string): Error => expect.objectContaining({ code }) as Error;
  expect(() => formatGuid(new Uint8Array(15))).toThrow(failure('protocol.truncated'));
  expect(() => formatGuid(new Uint8Array(17))).toThrow(failure('protocol.invalid'));
  expect(() => formatGuidDigits('')).toThrow(failure('protocol.truncated'));
  expect(() => formatGuidDigits('13AEE355D2BFBB6117A088AEDD7037EAF')).toThrow(failure('protocol.invalid'));
  expect(() => formatGuidDigits('13AEE355-D2BF-BB61-17A0-88AEDD7037EA')).toThrow(failure('protocol.invalid'));
  expect(() => parseGuid('55e3ae13bfd261bb17a088aedd7037ea')).toThrow(failure('usage.invalid'));
  expect(() => parseGuid(`${recordedGuid}0`)).toThrow(failure('usage.invalid'));
});

test('what was formatted is parsed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      expect(parseGuid(formatGuid(bytes))).toEqual(bytes);
      expect(formatGuid(fromHex(toHex(bytes)))).toBe(formatGuid(bytes));
    }),
  );
});
