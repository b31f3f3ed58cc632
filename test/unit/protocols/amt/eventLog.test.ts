import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromBase64 } from '../../../../src/base/base64';
import { fromHex } from '../../../../src/base/bytes';
import { decodeEventLogRecord } from '../../../../src/protocols/amt/eventLog';

const path = new URL('../../../fixtures/amt/eventlog/records.json', import.meta.url);
const recordings = (JSON.parse(readFileSync(path, 'utf8')) as { records: string[] }).records;

const at = '63c89865';
/** A record with this sensor type, offset and data; the rest as in the first recording. */
function textOf(sensorType: number, offset: number, data: string): string {
  const bytes = fromHex(
    `${at}ff${hex(sensorType)}6f${hex(offset)}6810ff2661${data.replaceAll(' ', '').padEnd(16, '0')}`,
  );
  return decodeEventLogRecord(bytes).text;
}
const hex = (value: number): string => value.toString(16).padStart(2, '0');

test('every recorded record', () => {
  const read = recordings.map((record) => {
    const { at: time, severity, text, entity, entityInstance } = decodeEventLogRecord(fromBase64(record));
    return [time?.toISOString(), severity, `${entity} ${entityInstance}`, text];
  });
  expect(read).toEqual([
    ['2024-01-06T03:26:27.000Z', 'critical', 'Intel ME 97', 'authentication failed 10 times'],
    ['2023-09-13T00:45:22.000Z', 'monitor', 'BIOS 0', 'firmware progress: PCI'],
    ['2021-12-08T21:45:06.000Z', 'monitor', 'unspecified 0', 'firmware progress: operating system wake-up'],
    ['2021-12-08T20:58:33.000Z', 'monitor', 'unspecified 0', 'firmware progress: operating system wake-up'],
    ['2021-12-08T14:32:26.000Z', 'non-critical', 'BIOS 0', 'firmware progress: starting operating system boot'],
    ['2021-12-08T14:32:23.000Z', 'monitor', 'disk 0', 'firmware progress: disk initialisation'],
    ['2021-12-08T14:32:23.000Z', 'monitor', 'system board 0', 'firmware progress: keyboard test'],
    ['2021-12-08T14:32:23.000Z', 'monitor', 'system board 0', 'firmware progress: keyboard'],
    ['2021-12-08T14:32:23.000Z', 'monitor', 'system board 0', 'firmware progress: keyboard test'],
    ['2021-12-08T14:32:23.000Z', 'monitor', 'system board 0', 'firmware progress: keyboard'],
    ['2021-12-08T14:32:21.000Z', 'monitor', 'BIOS 0', 'firmware progress: USB'],
    ['2021-12-08T14:32:20.000Z', 'monitor', 'system board 0', 'firmware progress: video'],
    ['2021-12-08T14:32:20.000Z', 'monitor', 'BIOS 0', 'firmware progress: PCI'],
    ['2021-12-08T14:32:20.000Z', 'monitor', 'BIOS 0', 'firmware progress: PCI'],
  ]);
});

test('all fields of a recorded record', () => {
  expect(decodeEventLogRecord(fromBase64('Y8iYZf8GbwVoEP8mYaoKAAAAAAAA'))).toEqual({
    at: new Date('2024-01-06T03:26:27Z'),
    severity: 'critical',
    text: 'authentication failed 10 times',
    entity: 'Intel ME',
    entityInstance: 0x61,
    deviceAddress: 0xff,
    sensorType: 6,
    eventType: 0x6f,
    eventOffset: 5,
    eventSourceType: 0x68,
    sensorNumber: 0xff,
    data: Uint8Array.of(0xaa, 0x0a, 0, 0, 0, 0, 0, 0),
  });
});

describe('what happened', () => {
  test.each([
    [5, 0, '', 'case intrusion'],
    [5, 1, '01', 'unknown event of physical security, offset 1, data 0100000000000000'],
    [6, 5, 'aa 2c01', 'authentication failed 300 times'],
    [15, 0, '40 0d', 'firmware error: processor speed mismatch'],
    [15, 0, '40 63', 'firmware error: unknown 99'],
    [15, 2, '40 19', 'firmware progress: primary processor'],
    [15, 2, '40 1a', 'firmware progress: unknown 26'],
    [15, 0, 'eb', 'system firmware: invalid data'],
    [15, 3, 'aa 30 05', 'One Click Recovery failed: error 5'],
    [15, 3, 'aa 40 02', 'platform erase failed: TPM not supported'],
    [15, 3, 'aa 40 09', 'platform erase failed: unknown error 9'],
    [15, 3, 'aa 50', 'unknown event of system firmware progress, offset 3, data aa50000000000000'],
    [15, 3, '40 05', 'unknown event of system firmware progress, offset 3, data 4005000000000000'],
    [15, 5, 'aa 30 01 08', 'One Click Recovery: boot option added WinRE'],
    [15, 5, 'aa 30 01 03', 'One Click Recovery: boot option added unknown 3'],
    [15, 5, 'aa 30 04', 'One Click Recovery: download done'],
    [15, 5, 'aa 30 09', 'One Click Recovery: unknown stage 9'],
    [15, 5, 'aa 40 01 02', 'platform erase of drive started'],
    [15, 5, 'aa 40 02 03', 'platform erase of TPM ended'],
    [15, 5, 'aa 40 02 63', 'platform erase of unknown device 99 ended'],
    [15, 5, 'aa 40 04', 'platform erase: reserved parameters cleared'],
    [15, 5, 'aa 60', 'unknown event of system firmware progress, offset 5, data aa60000000000000'],
    [18, 0, 'aa 44332211 6655 08', 'agent 11223344-5566 expired'],
    [18, 0, 'aa 44332211 6655 03', 'agent 11223344-5566 in unknown state 3'],
    [18, 0, '00', 'unknown event of system event, offset 0, data 0000000000000000'],
    [30, 0, '', 'no bootable media'],
    [32, 0, '', 'operating system locked up, or power interrupted'],
    [35, 0, '40', 'BIOS POST watchdog timed out'],
    [35, 0, '00', 'boot failed'],
    [36, 0, 'aa 00000102', 'network filter matched on the wired port: filter 258'],
    [36, 0, '00 fffffffd', 'network filter matched on the wireless port: any received packet'],
    [36, 0, 'aa fffffffc', 'network filter matched on the wired port: any sent packet'],
    [36, 0, 'aa fffffffa', 'network filter matched on the wired port: a packet with a spoofed address'],
    [37, 0, '', 'system firmware started'],
    [192, 0, 'aa 30 00', 'serial over LAN opened'],
    [192, 0, 'aa 30 03', 'drive redirection closed'],
    [192, 0, 'aa 30 09', 'unknown sensor type 192, offset 0, data aa30090000000000'],
    [192, 0, '00 00 02', 'security policy invoked: receiving stopped'],
    [192, 0, '00 00 00', 'security policy invoked: sending stopped'],
    [192, 0, '00 00 07', 'security policy invoked'],
    [193, 0, 'aa 30 00 00', 'the user asked for a remote connection'],
    [193, 0, 'aa 20 03 01', 'endpoint access control disabled'],
    [193, 0, 'aa 20 04 00', 'hardware asset error'],
    [193, 0, 'aa 20 09 00', 'unknown sensor type 193, offset 0, data aa20090000000000'],
    [1, 2, '0102', 'unknown event of temperature, offset 2, data 0102000000000000'],
    [200, 2, '0102', 'unknown sensor type 200, offset 2, data 0102000000000000'],
  ])('sensor type %d, offset %d, data %s', (sensorType, offset, data, text) => {
    expect(textOf(sensorType, offset, data)).toBe(text);
  });
});

test.each(['00000000', 'ffffffff'])('%s is the time of a clock that was never set', (time) => {
  expect(decodeEventLogRecord(fromHex(`${time}ff066f056810ff2661aa0a000000000000`)).at).toBeUndefined();
});

test('numbers without a name are said', () => {
  const record = decodeEventLogRecord(fromHex(`${at}ff066f056803ffc801aa0a000000000000`));
  expect(record).toMatchObject({ severity: 'unknown 3', entity: 'unknown entity 200' });
});

test('a short record is truncated, more bytes are ignored', () => {
  const whole = fromHex(`${at}ff066f056810ff2661aa0a000000000000`);
  expect(whole).toHaveLength(21);
  for (let length = 0; length < 21; length++) {
    expect(() => decodeEventLogRecord(whole.subarray(0, length))).toThrow(
      expect.objectContaining({ code: 'protocol.truncated' }),
    );
  }
  expect(decodeEventLogRecord(Uint8Array.of(...whole, 1, 2))).toEqual(decodeEventLogRecord(whole));
});

test('any 21 bytes have a text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 21, maxLength: 21 }), (bytes) => {
      expect(decodeEventLogRecord(bytes).text).toMatch(/^[^\n]+$/);
    }),
  );
});
