import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader, fromHex, toHex } from '../../../../../src/base/bytes';
import { SidebandError } from '../../../../../src/base/errors';
import { type BootFlags, decodeBootFlags, encodeBootFlags } from '../../../../../src/protocols/ipmi/bootFlags';
import { chassisIdentify } from '../../../../../src/protocols/ipmi/commands/chassisIdentify';
import { getSystemBootOptions } from '../../../../../src/protocols/ipmi/commands/getSystemBootOptions';
import { coldReset, warmReset } from '../../../../../src/protocols/ipmi/commands/resetController';
import { setPowerRestorePolicy } from '../../../../../src/protocols/ipmi/commands/setPowerRestorePolicy';
import { setSystemBootOptions } from '../../../../../src/protocols/ipmi/commands/setSystemBootOptions';

const plain: BootFlags = {
  valid: true,
  persistent: false,
  uefi: false,
  device: 'pxe',
  clearCmos: false,
  lockKeyboard: false,
  lockResetButton: false,
  lockPowerButton: false,
  bypassPassword: false,
  verbosity: 'default',
};

// The first two are captured from ipmitool; the others follow IPMI v2.0 table 28-14, parameter 5.
test.each<[string, Partial<BootFlags>, string]>([
  ['PXE once', {}, '8004000000'],
  ['CD always, UEFI', { device: 'cd', persistent: true, uefi: true }, 'e014000000'],
  ['BIOS setup once', { device: 'bios' }, '8018000000'],
  ['disk', { device: 'disk' }, '8008000000'],
  ['safe mode', { device: 'safe-mode' }, '800c000000'],
  ['diagnostics', { device: 'diagnostics' }, '8010000000'],
  ['remote floppy', { device: 'remote-floppy' }, '801c000000'],
  ['remote CD', { device: 'remote-cd' }, '8020000000'],
  ['remote media', { device: 'remote-media' }, '8024000000'],
  ['remote disk', { device: 'remote-disk' }, '802c000000'],
  ['floppy', { device: 'floppy' }, '803c000000'],
  ['nothing', { device: 'none', valid: false }, '0000000000'],
  ['clear CMOS', { device: 'none', clearCmos: true }, '8080000000'],
  ['lock the keyboard', { device: 'none', lockKeyboard: true }, '8040000000'],
  ['lock the reset button', { device: 'none', lockResetButton: true }, '8001000000'],
  ['lock the power button', { device: 'none', lockPowerButton: true }, '8000800000'],
  ['bypass the password', { device: 'none', bypassPassword: true }, '8000080000'],
  ['quiet', { device: 'none', verbosity: 'quiet' }, '8000200000'],
  ['verbose', { device: 'none', verbosity: 'verbose' }, '8000400000'],
])('boot flags: %s', (_, flags, hex) => {
  expect(toHex(encodeBootFlags({ ...plain, ...flags }))).toBe(hex);
  expect(decodeBootFlags(new ByteReader(fromHex(hex)))).toEqual({ ...plain, ...flags });
});

test('reserved devices and verbosities are unknown', () => {
  expect(decodeBootFlags(new ByteReader(fromHex('8028600000')))).toMatchObject({
    device: 'unknown',
    verbosity: 'unknown',
  });
});

test('boot options, IPMI v2.0 sections 28.12 and 28.13', () => {
  expect([setSystemBootOptions.netFn, setSystemBootOptions.command]).toEqual([0x00, 0x08]);
  expect(toHex(setSystemBootOptions.encode({ parameter: 5, data: fromHex('8004000000') }))).toBe('058004000000');
  expect([getSystemBootOptions.netFn, getSystemBootOptions.command]).toEqual([0x00, 0x09]);
  expect(toHex(getSystemBootOptions.encode(5))).toBe('050000');
  const answer = getSystemBootOptions.decode(new ByteReader(fromHex('01858004000000')));
  expect(answer).toEqual({ parameter: 5, locked: true, data: fromHex('8004000000') });
});

test('identify, restore policy and resets, IPMI v2.0 sections 20.2, 20.3, 28.5 and 28.8', () => {
  expect([chassisIdentify.netFn, chassisIdentify.command]).toEqual([0x00, 0x04]);
  expect(toHex(chassisIdentify.encode(255))).toBe('ff');
  expect(toHex(chassisIdentify.encode('forever'))).toBe('0001');
  expect([setPowerRestorePolicy.netFn, setPowerRestorePolicy.command]).toEqual([0x00, 0x06]);
  const policies = ['always-off', 'previous', 'always-on', 'query'] as const;
  expect(policies.map((policy) => toHex(setPowerRestorePolicy.encode(policy)))).toEqual(['00', '01', '02', '03']);
  expect(setPowerRestorePolicy.decode(new ByteReader(fromHex('07')))).toEqual(['always-off', 'previous', 'always-on']);
  expect(setPowerRestorePolicy.decode(new ByteReader(fromHex('fd')))).toEqual(['always-off', 'always-on']);
  expect([coldReset.netFn, coldReset.command, toHex(coldReset.encode())]).toEqual([0x06, 0x02, '']);
  expect([warmReset.netFn, warmReset.command, toHex(warmReset.encode())]).toEqual([0x06, 0x03, '']);
});

test('random bytes throw nothing but protocol errors', () => {
  const decoders = [
    decodeBootFlags,
    (reader: ByteReader) => getSystemBootOptions.decode(reader),
    (reader: ByteReader) => setPowerRestorePolicy.decode(reader),
  ];
  const check = (bytes: Uint8Array): void => {
    for (const decode of decoders) {
      try {
        decode(new ByteReader(bytes));
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(SidebandError);
      }
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 24 }), check), { numRuns: 2000 });
});
