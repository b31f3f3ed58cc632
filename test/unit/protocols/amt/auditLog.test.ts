import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromBase64 } from '../../../../src/base/base64';
import { fromHex } from '../../../../src/base/bytes';
import { SidebandError } from '../../../../src/base/errors';
import { decodeAuditRecord } from '../../../../src/protocols/amt/auditLog';

const path = new URL('../../../fixtures/amt/auditlog/records.json', import.meta.url);
const recordings = (JSON.parse(readFileSync(path, 'utf8')) as { records: string[] }).records;
const none = new Uint8Array(0);
const decode = (hex: string): ReturnType<typeof decodeAuditRecord> =>
  decodeAuditRecord(fromHex(hex.replaceAll(' ', '')));

test('every recorded record', () => {
  const security = { application: 'security administration', applicationId: 16, initiator: { kind: 'local' } };
  const started = { ...security, event: 'provisioning started', eventId: 0, extended: none };
  const unprovisioned = { ...security, event: 'unprovisioning started', eventId: 19, extended: Uint8Array.of(2) };
  expect(recordings.map((record) => decodeAuditRecord(fromBase64(record)))).toEqual([
    { ...unprovisioned, at: new Date('2020-06-29T18:36:41Z') },
    { ...started, at: new Date('2020-06-29T18:37:04Z') },
    { ...started, at: new Date('2020-06-29T18:54:50Z') },
    {
      ...security,
      at: new Date('2020-06-29T11:54:55Z'),
      event: 'client control mode upgraded to admin control mode',
      eventId: 18,
      initiator: { kind: 'digest', user: 'admin' },
      address: '127.0.0.1',
      extended: none,
    },
    { ...unprovisioned, at: new Date('2020-06-29T11:56:27Z') },
    { ...started, at: new Date('2020-06-29T11:57:16Z') },
    { ...started, at: new Date('2020-06-29T12:01:42Z') },
    {
      application: 'network time',
      event: 'time set',
      applicationId: 21,
      eventId: 0,
      at: new Date('2020-06-29T12:29:54Z'),
      initiator: { kind: 'digest', user: '$$OsAdmin' },
      address: '127.0.0.1',
      extended: Uint8Array.of(0x5e, 0xfa, 0x41, 0x12),
      detail: '2020-06-29T19:29:22.000Z',
    },
    { ...unprovisioned, at: new Date('2020-06-29T19:45:33Z') },
    { ...started, at: new Date('2020-06-29T19:46:07Z') },
  ]);
});

describe('who did it', () => {
  test.each<[string, object]>([
    ['00 03 626f62', { kind: 'digest', user: 'bob' }],
    ['00 00', { kind: 'digest', user: '' }],
    ['01 000001f4 04 01050000', { kind: 'kerberos', user: '500', sid: '01050000' }],
    ['02', { kind: 'local' }],
    ['03', { kind: 'kvm' }],
    ['09', { kind: 'unknown 9' }],
  ])('%s', (initiator, expected) => {
    expect(decode(`0010 0005 ${initiator} 5ef9d68f 01 03 3a3a31 00`)).toMatchObject({
      event: 'login with wrong credentials',
      initiator: expected,
      at: new Date('2020-06-29T11:54:55Z'),
      address: '::1',
    });
  });
});

describe('what happened', () => {
  test.each([
    ['0011 0003', '00', 'remote control', 'reset', undefined],
    ['0012 000c', '00', 'redirection', 'VNC password failed three times', undefined],
    [
      '0013 0000',
      '10 000c 0000 0043 062b 000c 0000 0046 0640',
      'firmware update',
      'firmware updated',
      '12.0.67.1579 to 12.0.70.1600',
    ],
    ['0013 0000', '02 000c', 'firmware update', 'firmware updated', undefined],
    ['0015 0000', '00', 'network time', 'time set', undefined],
    ['0019 0004', '00', 'System Defense', 'default policy set', undefined],
    ['001e 0000', '02 00ff', 'user consent', 'consent policy changed', 'none to all'],
    ['001e 0000', '02 0107', 'user consent', 'consent policy changed', 'KVM to unknown 7'],
    ['001e 0001', '01 01', 'user consent', 'consent code sent', 'wrong three times'],
    ['001e 0001', '01 00', 'user consent', 'consent code sent', 'accepted'],
    ['0021 0000', '00', 'watchdog', 'unknown event 0', undefined],
    ['0021 0001', '00', 'watchdog', 'watchdog action settings modified', undefined],
    ['0010 00ff', '00', 'security administration', 'unknown event 255', undefined],
    ['00ff 0001', '00', 'unknown application 255', 'unknown event 1', undefined],
  ])('%s with %s', (ids, extended, application, event, detail) => {
    expect(decode(`${ids} 02 5ef9d68f 02 00 ${extended}`)).toMatchObject({
      application,
      event,
      ...(detail && { detail }),
    });
    expect(decode(`${ids} 02 5ef9d68f 02 00 ${extended}`).detail).toBe(detail);
  });
});

test('a record cut anywhere is truncated', () => {
  const whole = fromBase64('ABUAAAAJJCRPc0FkbWluXvnewgAJMTI3LjAuMC4xBF76QRI=');
  for (let length = 0; length < whole.length; length++) {
    expect(() => decodeAuditRecord(whole.subarray(0, length))).toThrow(
      expect.objectContaining({ code: 'protocol.truncated' }),
    );
  }
});

test('any bytes give a record or a SidebandError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        decodeAuditRecord(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(SidebandError);
      }
    }),
  );
});

test('AMT 4 ends names and addresses with a zero', () => {
  const admin = '0661646d696e00';
  const address = '0a3132372e302e302e3100';
  const record = decodeAuditRecord(fromHex(`0010000000${admin}5ef9d68f00${address}00`));
  expect(record).toMatchObject({ initiator: { kind: 'digest', user: 'admin' }, address: '127.0.0.1' });
});
