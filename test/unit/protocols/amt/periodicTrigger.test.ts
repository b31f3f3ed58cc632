import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../src/base/bytes';
import { decodePeriod, encodePeriod } from '../../../../src/protocols/amt/periodicTrigger';

test.each([
  // Recorded: AAAAAAAAABk=
  [{ everySeconds: 25 }, '0000000000000019'],
  [{ everySeconds: 86_400 }, '0000000000015180'],
  [{ hour: 23, minute: 5 }, '000000010000001700000005'],
])('%j', (period, hex) => {
  expect(toHex(encodePeriod(period))).toBe(hex);
  expect(decodePeriod(fromHex(hex))).toEqual(period);
});

test('another kind is not known, and a torn one breaks the standard', () => {
  expect(decodePeriod(fromHex('0000000200000001'))).toBeUndefined();
  expect(() => decodePeriod(fromHex('00000001000000'))).toThrow(
    expect.objectContaining({ code: 'protocol.truncated' }),
  );
});
