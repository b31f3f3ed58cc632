import { expect, test } from 'vitest';
import { ByteReader, fromHex, toHex } from '../../../../src/base/bytes';
import { cipherSuites, isSecure } from '../../../../src/protocols/ipmi/cipherSuites';
import { chassisControl } from '../../../../src/protocols/ipmi/commands/chassisControl';
import { closeSession } from '../../../../src/protocols/ipmi/commands/closeSession';
import { getChannelAuthenticationCapabilities } from '../../../../src/protocols/ipmi/commands/getChannelAuthenticationCapabilities';
import {
  getChannelCipherSuites,
  parseCipherSuites,
} from '../../../../src/protocols/ipmi/commands/getChannelCipherSuites';
import { getChassisStatus } from '../../../../src/protocols/ipmi/commands/getChassisStatus';
import { getDeviceId } from '../../../../src/protocols/ipmi/commands/getDeviceId';
import { getSystemRestartCause } from '../../../../src/protocols/ipmi/commands/getSystemRestartCause';
import { setSessionPrivilegeLevel } from '../../../../src/protocols/ipmi/commands/setSessionPrivilegeLevel';
import { completionError } from '../../../../src/protocols/ipmi/completionCodes';
import { decodeResponse, encodeRequest } from '../../../../src/protocols/ipmi/message';
import { unwrapOutsideSession, wrapOutsideSession } from '../../../../src/protocols/ipmi/outsideSession';
import { openPacket, sealPacket } from '../../../../src/protocols/ipmi/packet';
import { encodeRakp3Refusal } from '../../../../src/protocols/ipmi/rakp';
import { decodePresencePong, encodePresencePing } from '../../../../src/protocols/ipmi/rmcp';
import { statusError } from '../../../../src/protocols/ipmi/statusCodes';

const data = (hex: string): ByteReader => new ByteReader(fromHex(hex));

test('presence ping and pong, ASF 2.0 section 3.2.4', () => {
  expect(toHex(encodePresencePing(0x2a))).toBe('0600ff06000011be802a0000');
  const pong = '0600ff06000011be402a0010000011be0000000081a0000000000000';
  expect(decodePresencePong(fromHex(pong))).toEqual({ tag: 0x2a, enterprise: 4542, ipmi: true, dash: true });
  const asfOnly = '0600ff06000011be40000010000001570000000001000000000000';
  expect(decodePresencePong(fromHex(asfOnly))).toEqual({ tag: 0, enterprise: 343, ipmi: false, dash: false });
  expect(decodePresencePong(fromHex('0600ff07000011be40000010'))).toBeUndefined();
  expect(() => decodePresencePong(fromHex('0600ff06000011be4000'))).toThrow(
    expect.objectContaining({ code: 'protocol.truncated' }) as Error,
  );
});

test('the captured probe: Get Channel Authentication Capabilities outside a session', () => {
  const { netFn, command } = getChannelAuthenticationCapabilities;
  const input = getChannelAuthenticationCapabilities.encode('administrator');
  const request = encodeRequest({ netFn, command, sequence: 0, data: input });
  expect(toHex(wrapOutsideSession(request))).toBe('0600ff07000000000000000000092018c88100388e04b5');
  const message = unwrapOutsideSession(fromHex('0600ff0700000000000000000010811c6320003800019706030000000007'));
  const answer = decodeResponse(message ?? new Uint8Array(0));
  expect(answer).toMatchObject({ netFn: 0x06, command: 0x38, sequence: 0, completionCode: 0 });
  expect(getChannelAuthenticationCapabilities.decode(new ByteReader(answer.data))).toEqual({
    ipmi2: true,
    ipmi15: true,
    bmcKey: false,
  });
});

test('capabilities without extended data are those of IPMI 1.5', () => {
  const decode = (reader: ByteReader): unknown => getChannelAuthenticationCapabilities.decode(reader);
  expect(decode(data('0117060000000000'))).toEqual({ ipmi2: false, ipmi15: true, bmcKey: false });
  expect(decode(data('0197260200000000'))).toEqual({ ipmi2: true, ipmi15: false, bmcKey: true });
});

test('a message with a wrong checksum, or that is a request, is refused', () => {
  const good = fromHex('811c63200438001f85');
  const wrongHead = Uint8Array.from(good).with(2, 0x64);
  for (const bytes of [wrongHead, fromHex('811863200438000000'), fromHex('811c6320043800ff')]) {
    expect(() => decodeResponse(bytes)).toThrow(expect.objectContaining({ code: 'protocol.invalid' }) as Error);
  }
  expect(() => decodeResponse(fromHex('811c6320043800'))).toThrow(
    expect.objectContaining({ code: 'protocol.truncated' }) as Error,
  );
});

test('the numbers and data of the commands, IPMI v2.0 sections 20, 22 and 28', () => {
  const numbers = (command: { readonly netFn: number; readonly command: number }): number[] => [
    command.netFn,
    command.command,
  ];
  expect(numbers(getDeviceId)).toEqual([0x06, 0x01]);
  expect(numbers(getChassisStatus)).toEqual([0x00, 0x01]);
  expect(numbers(chassisControl)).toEqual([0x00, 0x02]);
  expect(numbers(getSystemRestartCause)).toEqual([0x00, 0x07]);
  expect(numbers(setSessionPrivilegeLevel)).toEqual([0x06, 0x3b]);
  expect(numbers(closeSession)).toEqual([0x06, 0x3c]);
  expect(toHex(closeSession.encode(0x82))).toBe('82000000');
  expect(toHex(setSessionPrivilegeLevel.encode('administrator'))).toBe('04');
  expect(toHex(setSessionPrivilegeLevel.encode(undefined))).toBe('00');
  expect(setSessionPrivilegeLevel.decode(data('03'))).toBe(3);
  expect(getSystemRestartCause.decode(data('f10e'))).toBe(1);
  const actions = ['off', 'on', 'cycle', 'reset', 'diagnostic-interrupt', 'soft-off'] as const;
  expect(actions.map((action) => toHex(chassisControl.encode(action)))).toEqual(['00', '01', '02', '03', '04', '05']);
});

test('Get Device ID, also with the auxiliary bytes', () => {
  const expected = {
    deviceId: 0x20,
    revision: 1,
    firmware: '9.08',
    ipmiVersion: '2.0',
    manufacturerId: 47488,
    manufacturer: 'Supermicro',
    productId: 0x0a1b,
  };
  expect(getDeviceId.decode(data('2081090802bf80b9001b0a'))).toEqual(expected);
  expect(getDeviceId.decode(data('2081090802bf80b9001b0aaabbccdd'))).toEqual(expected);
  expect(getDeviceId.decode(data('0001008051000000000000'))).toMatchObject({
    firmware: '0.80',
    ipmiVersion: '1.5',
    manufacturer: 'enterprise 0',
  });
});

test('Get Channel Cipher Suites: standard and OEM records, cut over pages', () => {
  expect(toHex(getChannelCipherSuites.encode(1))).toBe('0e0081');
  expect(toHex(getChannelCipherSuites.decode(data('01c003014181')))).toBe('c003014181');
  expect(parseCipherSuites(fromHex('c011034481c003014181c180a1b2c3014080c000'))).toEqual([0, 3, 17]);
  expect(parseCipherSuites(fromHex('c0'))).toEqual([]);
});

test('a refusal of RAKP message 3 holds the status and no code', () => {
  expect(toHex(encodeRakp3Refusal({ tag: 7, bmcSessionId: 0x02010203 }, 0x0f))).toBe(
    '0600ff07061400000000000000000800070f000003020102',
  );
});

test('suites without authentication, integrity or encryption are not secure', () => {
  const secure = Object.values(cipherSuites)
    .filter(isSecure)
    .map(({ id }) => id);
  expect(secure).toEqual([3, 17]);
});

test('a session without integrity and encryption carries the message as it is', () => {
  const keys = { suite: cipherSuites[0], k1: new Uint8Array(0), k2: new Uint8Array(0) };
  const packet = { sessionId: 0x11223344, sequence: 5, payloadType: 0, payload: fromHex('2018c881043b043c') };
  const sealed = sealPacket(packet, keys, new Uint8Array(16));
  expect(toHex(sealed)).toBe('0600ff0706004433221105000000' + '0800' + '2018c881043b043c');
  expect(openPacket(sealed, 0x11223344, keys)).toEqual(packet);
});

test.each([
  [0xc0, 'device.busy'],
  [0xc1, 'device.unsupported'],
  [0xd4, 'access.privilege'],
  [0xd5, 'device.state'],
  [0xcc, 'device.refused'],
  [0x87, 'device.refused'],
])('completion code %i is %s', (completionCode, code) => {
  const error = completionError('Chassis Control', completionCode);
  expect(error).toMatchObject({ code, effect: 'none', details: { deviceCode: `${completionCode.toString(16)}h` } });
});

test.each([
  [0x01, 'ipmi.busy'],
  [0x04, 'ipmi.cipher'],
  [0x05, 'ipmi.cipher'],
  [0x09, 'access.privilege'],
  [0x0a, 'access.privilege'],
  [0x0c, 'auth.user'],
  [0x0d, 'auth.user'],
  [0x0f, 'auth.rejected'],
  [0x10, 'ipmi.cipher'],
  [0x11, 'ipmi.cipher'],
  [0x12, 'ipmi.cipher'],
  [0x99, 'protocol.invalid'],
])('status %i is %s', (status, code) => {
  expect(statusError('RAKP message 2', status).code).toBe(code);
});
