import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../src/base/bytes';
import {
  decodeUefiBootParameters,
  encodeUefiBootParameters,
  eraseDevices,
  eraseParameters,
  recoveryParameters,
  uefiBootParameter,
} from '../../../../src/protocols/amt/uefiBootParameters';

test('vendor, type, length and value, least significant byte first', () => {
  const parameters = [
    uefiBootParameter(recoveryParameters.httpsUrl, 'https://h/a'),
    uefiBootParameter(recoveryParameters.syncRootCertificates, 1),
    uefiBootParameter(recoveryParameters.timeout, 300),
    uefiBootParameter(eraseParameters.devices, (1 << eraseDevices.clearTpm) | (1 << eraseDevices.allDrives)),
    uefiBootParameter(recoveryParameters.imageSha256, new Uint8Array(32).fill(0xab)),
  ];
  expect(toHex(encodeUefiBootParameters(parameters))).toBe(
    '8680' +
      '0100' +
      '0b000000' +
      '68747470733a2f2f682f61' +
      '8680' +
      '1400' +
      '01000000' +
      '01' +
      '8680' +
      '1e00' +
      '02000000' +
      '2c01' +
      '8680' +
      '0100' +
      '04000000' +
      '44000000' +
      '8680' +
      '0400' +
      '20000000' +
      'ab'.repeat(32),
  );
});

test('what is read', () => {
  expect(decodeUefiBootParameters(fromHex('8680020003000000414243' + '34120a0000000000'))).toEqual([
    { vendor: 0x8086, type: 2, value: Uint8Array.of(0x41, 0x42, 0x43) },
    { vendor: 0x1234, type: 10, value: new Uint8Array(0) },
  ]);
  expect(decodeUefiBootParameters(new Uint8Array(0))).toEqual([]);
});

describe('limits', () => {
  test.each([
    [recoveryParameters.httpsUrl, 'x'.repeat(300), 'x'.repeat(301)],
    [recoveryParameters.password, 'ä'.repeat(8), 'ä'.repeat(9)],
    [eraseParameters.oem, new Uint8Array(500), new Uint8Array(501)],
  ])('%o', (kind, longest, tooLong) => {
    expect(uefiBootParameter(kind, longest).value).toHaveLength(kind.most);
    expect(() => uefiBootParameter(kind, tooLong)).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
  });

  test.each(['86', '8680', '86800100', '868001000b0000', '868001000b00000041', '86800100ffffffff41'])(
    'the cut parameter %s is truncated',
    (hex) => {
      expect(() => decodeUefiBootParameters(fromHex(hex))).toThrow(
        expect.objectContaining({ code: 'protocol.truncated' }),
      );
    },
  );
});

test('what was encoded is decoded', () => {
  const parameter = fc.record({
    vendor: fc.nat(0xffff),
    type: fc.nat(0xffff),
    value: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(
    fc.property(fc.array(parameter), (parameters) => {
      expect(decodeUefiBootParameters(encodeUefiBootParameters(parameters))).toEqual(parameters);
    }),
  );
});
