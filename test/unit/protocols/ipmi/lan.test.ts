import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader, fromHex, toHex } from '../../../../src/base/bytes';
import { toSidebandError } from '../../../../src/base/errors';
import { getPowerLimit, getPowerReading } from '../../../../src/protocols/ipmi/commands/dcmi';
import { getSessionInfo } from '../../../../src/protocols/ipmi/commands/getSessionInfo';
import { getUserAccess, getUserName, setUserPassword } from '../../../../src/protocols/ipmi/commands/users';
import * as lan from '../../../../src/protocols/ipmi/lan';

// IPMI v2.0 table 23-4.
test.each<[string, unknown, unknown]>([
  ['address source', lan.decodeAddressSource(fromHex('02')), 'DHCP'],
  ['address', lan.decodeIpv4(fromHex('0a010203')), '10.1.2.3'],
  ['MAC address', lan.decodeMac(fromHex('0211223344ff')), '02:11:22:33:44:ff'],
  ['VLAN', lan.decodeVlan(fromHex('2a80')), 42],
  ['VLAN with four bits more', lan.decodeVlan(fromHex('ff8f')), 4095],
  ['no VLAN', lan.decodeVlan(fromHex('2a00')), undefined],
  ['cipher suites', lan.decodeSuiteIds(fromHex('00000311')), [0, 3, 17]],
  [
    'privileges of cipher suites, the first in the lower bits',
    lan.decodeSuitePrivileges(fromHex('004350')),
    ['operator', 'administrator', 'unused', 'OEM'],
  ],
  ['IPv6 addressing', lan.decodeIpv6Enables(fromHex('01')), 'IPv6 only'],
])('%s', (_, value, expected) => {
  expect(value).toEqual(expected);
});

describe('IPv6 addresses', () => {
  // RFC 5952 section 4 and 5.
  test.each([
    ['20010db8000000000000000000000001', '2001:db8::1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010000000000010000000000000001', '2001:0:0:1::1'],
    ['fe800000000000000211222233334455', 'fe80::211:2222:3333:4455'],
    ['00000000000000000000000000000001', '::1'],
    ['10000000000000000000000000000000', '1000::'],
    ['00100000000000000000000000000010', '10::10'],
  ])('%s is %s', (hex, text) => {
    expect(lan.decodeIpv6Router(fromHex(hex))).toBe(text);
  });

  test('only those in use', () => {
    const address = '20010db8000000000000000000000005';
    expect(lan.decodeIpv6Address(fromHex(`0080${address}4000`), 'static')).toBe('2001:db8::5/64');
    expect(lan.decodeIpv6Address(fromHex(`0000${address}4000`), 'static')).toBeUndefined();
    expect(lan.decodeIpv6Address(fromHex(`0080${address}4001`), 'static')).toBeUndefined();
    expect(lan.decodeIpv6Address(fromHex(`0001${address}4000`), 'dynamic')).toBe('2001:db8::5/64');
    expect(lan.decodeIpv6Address(fromHex(`0001${'00'.repeat(16)}4000`), 'dynamic')).toBeUndefined();
    expect(lan.decodeIpv6Router(fromHex('00'.repeat(16)))).toBeUndefined();
  });
});

const read = (hex: string): ByteReader => new ByteReader(fromHex(hex));

test('users, IPMI v2.0 sections 22.27 and 22.29', () => {
  expect(getUserAccess.decode(read('3f420133'))).toEqual({
    ...{ maximumUsers: 63, enabled: true, callbackOnly: false, linkAuthentication: true, messaging: true, limit: 3 },
  });
  expect(getUserAccess.decode(read('1082014f'))).toEqual({
    ...{ maximumUsers: 16, enabled: false, callbackOnly: true, linkAuthentication: false, messaging: false },
  });
  expect(getUserName.decode(read('61646d696e0000000000000000000000'))).toBe('admin');
  expect(getUserName.decode(read('61646d696e61646d696e61646d696e61'))).toBe('adminadminadmina');
});

test('a password of 16 bytes and one of 20, IPMI v2.0 section 22.30', () => {
  const password = (text: string) => new TextEncoder().encode(text);
  expect(toHex(setUserPassword.encode({ user: 5, password: password('abc'), operation: 'set' }))).toBe(
    '0502616263' + '00'.repeat(13),
  );
  expect(toHex(setUserPassword.encode({ user: 5, password: password('0123456789abcdefg'), operation: 'test' }))).toBe(
    '85033031323334353637383961626364656667' + '00'.repeat(3),
  );
  expect(() => setUserPassword.encode({ user: 5, password: password('x'.repeat(21)), operation: 'set' })).toThrow(
    /longer than IPMI’s 20 bytes/,
  );
});

test('sessions, IPMI v2.0 section 22.20', () => {
  expect(getSessionInfo.decode(read('040503020411c0a801090211223344552a3f'))).toEqual({
    ...{ possible: 5, active: 3 },
    session: { handle: 4, user: 2, privilege: 4, channel: 1, isIpmi2: true, address: '192.168.1.9', port: 16_170 },
  });
  expect(getSessionInfo.decode(read('000501'))).toEqual({ possible: 5, active: 1 });
  expect(getSessionInfo.decode(read('010501020401'))).toEqual({
    ...{ possible: 5, active: 1, session: { handle: 1, user: 2, privilege: 4, channel: 1, isIpmi2: false } },
  });
});

test('power, DCMI v1.5 section 6.6', () => {
  expect(getPowerReading.decode(read('dcf300b4009a01fb000000005a60ea000040'))).toEqual({
    ...{ now: 243, minimum: 180, maximum: 410, average: 251, at: 0x5a00_0000, periodMs: 60_000, active: true },
  });
  expect(getPowerLimit.decode(read('dc0000112c01e803000000000500'))).toEqual({
    ...{ action: 'log', watts: 300, correctionMs: 1000, periodSeconds: 5 },
  });
  expect(() => getPowerReading.decode(read('00f300b4009a01fb000000005a60ea000040'))).toThrow(/no DCMI/);
});

test('no bytes make a decoder fail in an untyped way', () => {
  const decoders: readonly ((bytes: Uint8Array) => unknown)[] = [
    ...[lan.decodeAddressSource, lan.decodeIpv4, lan.decodeMac, lan.decodeVlan, lan.decodeSuiteIds],
    ...[lan.decodeSuitePrivileges, lan.decodeIpv6Enables, lan.decodeIpv6Status, lan.decodeIpv6Router],
    (bytes) => lan.decodeIpv6Address(bytes, 'static'),
    ...[getUserAccess, getUserName, getSessionInfo, getPowerReading, getPowerLimit].map(
      (command) => (bytes: Uint8Array) => command.decode(new ByteReader(bytes)),
    ),
  ];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.constantFrom(...decoders), (bytes, decode) => {
      try {
        decode(bytes);
      } catch (thrown) {
        expect(toSidebandError(thrown).code).toMatch(/^protocol\./);
      }
    }),
    { numRuns: 2000 },
  );
});
