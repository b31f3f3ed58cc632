import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../src/base/bytes';
import { cipherSuites } from '../../../../src/protocols/ipmi/cipherSuites';
import { decodeResponse } from '../../../../src/protocols/ipmi/message';
import { decodeOpenSessionResponse, encodeOpenSessionRequest } from '../../../../src/protocols/ipmi/openSession';
import { decodeOpenPacket, openPacket, sealPacket } from '../../../../src/protocols/ipmi/packet';
import {
  decodeRakp2,
  decodeRakp4,
  deriveKeys,
  encodeRakp1,
  encodeRakp3,
  rakp2Code,
  rakp4CheckValue,
  sessionIntegrityKey,
} from '../../../../src/protocols/ipmi/rakp';
import { halvesOf, packetOf, readCapture } from './capture';

const logins = ['cipher3-01', 'cipher17-01', 'commands-01', 'commands-02', 'commands-05'] as const;
const payloadOf = (datagram: Uint8Array): Uint8Array => decodeOpenPacket(datagram)?.payload ?? new Uint8Array(0);

test.each(logins)('%s: the login is reproduced byte by byte', (name) => {
  const capture = readCapture(name);
  const { half, bmc } = halvesOf(capture);
  const { tag, privilege, consoleSessionId, suite } = half;
  const open = encodeOpenSessionRequest({ tag, privilege: 'callback', consoleSessionId, suite });
  open[17] = 0; // ipmitool asks for the highest privilege
  expect(toHex(open)).toBe(toHex(packetOf(capture, 'open-request')));
  expect(privilege).toBe('administrator');

  expect(decodeOpenSessionResponse(payloadOf(packetOf(capture, 'open-response')))).toEqual({
    tag,
    status: 0,
    consoleSessionId,
    bmcSessionId: half.bmcSessionId,
  });
  expect(toHex(encodeRakp1(half))).toBe(toHex(packetOf(capture, 'rakp1')));
  expect(decodeRakp2(payloadOf(packetOf(capture, 'rakp2')), suite)).toEqual({ tag, status: 0, consoleSessionId, bmc });
  expect(toHex(rakp2Code(half, bmc))).toBe(toHex(bmc.code));
  expect(toHex(encodeRakp3(half, bmc))).toBe(toHex(packetOf(capture, 'rakp3')));
});

test.each(logins)('%s: the keys and the proof of the controller are those of the capture', (name) => {
  const capture = readCapture(name);
  const { half, bmc } = halvesOf(capture);
  const sik = sessionIntegrityKey(half, bmc);
  const { k1, k2 } = deriveKeys(half.suite, sik);
  expect({ sik: toHex(sik), k1: toHex(k1), k2: toHex(k2) }).toEqual(capture.keys);
  const rakp4 = decodeRakp4(payloadOf(packetOf(capture, 'rakp4')), half.suite);
  expect(toHex(rakp4CheckValue(half, bmc, sik))).toBe(toHex(rakp4.checkValue ?? new Uint8Array(0)));
});

test.each(logins)('%s: every packet of the session opens, and seals to the same bytes', (name) => {
  const capture = readCapture(name);
  const { half, bmc } = halvesOf(capture);
  const keys = deriveKeys(half.suite, sessionIntegrityKey(half, bmc));
  const inside = capture.packets.filter(({ sequence }) => sequence !== undefined);
  expect(inside.length).toBeGreaterThan(4);
  for (const { dir, hex, sequence, message } of inside) {
    const datagram = fromHex(hex);
    const sessionId = dir === 'console' ? half.bmcSessionId : half.consoleSessionId;
    const packet = openPacket(datagram, sessionId, keys);
    expect(packet).toMatchObject({ sequence, payloadType: 0 });
    expect(toHex(packet?.payload ?? new Uint8Array(0))).toBe(message);
    const sealed = sealPacket({ ...packet!, sessionId }, keys, datagram.subarray(16, 32));
    expect(toHex(sealed)).toBe(hex);
    if (dir === 'bmc') expect(decodeResponse(packet!.payload).sequence).toBeLessThan(64);
  }
});

test('a console with the wrong password sees that the controller knows another', () => {
  const capture = readCapture('cipher3-02');
  const { half, bmc } = halvesOf(capture);
  expect(toHex(rakp2Code(half, bmc))).toBe('46bbd7841c2afdec13b5f309ae5f6755bf3af4af');
  const mistaken = { ...half, password: new TextEncoder().encode('Test') };
  expect(toHex(rakp2Code(mistaken, bmc))).not.toBe(toHex(bmc.code));
});

test('after the status of an unknown user only the head of the message counts', () => {
  const rakp2 = payloadOf(packetOf(readCapture('cipher3-03'), 'rakp2'));
  const decoded = decodeRakp2(rakp2, cipherSuites[3]);
  expect(decoded).toEqual({ tag: 0, status: 0x0d, consoleSessionId: 0xa0a2a3a4 });
});
