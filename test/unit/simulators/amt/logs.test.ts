import { describe, expect, test } from 'vitest';
import { auditLog } from '../../../../src/simulators/amt/classes/auditLog';
import { eventLog } from '../../../../src/simulators/amt/classes/eventLog';
import { type Sent, Soap } from './soap';

describe('the event log', () => {
  const filled = (count: number): Soap => {
    const soap = new Soap();
    const log = eventLog(soap.device);
    log.clear();
    for (let n = 0; n < count; n++) log.add({ sensorType: 5, offset: 0, data: [n & 0xff, n >> 8] }, 1_700_000_000_000);
    return soap;
  };
  const call = (soap: Soap, method: string, input: Sent = {}) => soap.invoke('AMT_MessageLog', method, input);

  test('is read in pages, newest first', () => {
    const soap = filled(25);
    const { IterationIdentifier } = call(soap, 'PositionToFirstRecord');
    expect(IterationIdentifier).toBe('1');
    const first = call(soap, 'GetRecords', { IterationIdentifier: '1', MaxReadRecords: 10 });
    expect(first).toMatchObject({ IterationIdentifier: '11', NoMoreRecords: 'false', ReturnValue: '0' });
    expect(first.RecordArray).toHaveLength(10);
    const newest = Buffer.from(first.RecordArray![0]!, 'base64');
    expect(newest.toString('hex')).toBe('00f15365ff056f006801ff00001800000000000000');
    const last = call(soap, 'GetRecords', { IterationIdentifier: '21', MaxReadRecords: 390 });
    expect(last).toMatchObject({ NoMoreRecords: 'true' });
    expect(last.RecordArray).toHaveLength(5);
    expect(call(soap, 'GetRecords', { IterationIdentifier: '26', MaxReadRecords: 1 })).toEqual({ ReturnValue: '2' });
  });

  test('holds 390: the oldest go', () => {
    const soap = filled(400);
    expect(soap.get('AMT_MessageLog').CurrentNumberOfRecords).toBe('390');
    const all = call(soap, 'GetRecords', { IterationIdentifier: 1, MaxReadRecords: 390 });
    expect(all).toMatchObject({ NoMoreRecords: 'true' });
    expect(Buffer.from(all.RecordArray![389]!, 'base64').readUInt16LE(13)).toBe(10);
  });

  test('empty, it has no array at all', () => {
    const soap = filled(0);
    expect(call(soap, 'GetRecords', { IterationIdentifier: 1, MaxReadRecords: 390 })).toEqual({
      IterationIdentifier: '0',
      NoMoreRecords: 'true',
      ReturnValue: '0',
    });
  });

  test('frozen, it takes nothing and is not cleared', () => {
    const soap = filled(3);
    expect(call(soap, 'FreezeLog', { Freeze: true }).ReturnValue).toBe('0');
    eventLog(soap.device).add({ sensorType: 5, offset: 0 });
    expect(call(soap, 'ClearLog').ReturnValue).toBe('2059');
    expect(soap.get('AMT_MessageLog')).toMatchObject({ IsFrozen: 'true', CurrentNumberOfRecords: '3' });
    call(soap, 'FreezeLog', { Freeze: false });
    expect(call(soap, 'ClearLog').ReturnValue).toBe('0');
    expect(soap.get('AMT_MessageLog').CurrentNumberOfRecords).toBe('0');
  });
});

describe('the audit log', () => {
  const filled = (count: number): Soap => {
    const soap = new Soap();
    const log = auditLog(soap.device);
    for (let n = 0; n < count; n++)
      log.add({ device: soap.device, account: 'admin', from: '::1' }, { app: 17, event: n });
    return soap;
  };
  const call = (soap: Soap, method: string, input: Sent) => soap.invoke('AMT_AuditLog', method, input);

  test('is read ten records at once, oldest first', () => {
    const soap = filled(13);
    const first = call(soap, 'ReadRecords', { StartIndex: 1 });
    expect(first).toMatchObject({ TotalRecordCount: '13', RecordsReturned: '10', ReturnValue: '0' });
    expect(Buffer.from(first.EventRecords![0]!, 'base64').readUInt16BE(2)).toBe(0);
    const rest = call(soap, 'ReadRecords', { StartIndex: 11 });
    expect(rest).toMatchObject({ TotalRecordCount: '13', RecordsReturned: '3' });
    expect(call(soap, 'ReadRecords', { StartIndex: 14 })).toEqual({ ReturnValue: '35' });
    expect(call(soap, 'ReadRecords', { StartIndex: 0 })).toEqual({ ReturnValue: '35' });
  });

  test('is cleared by who holds its lock, which stands in it', () => {
    const soap = filled(3);
    expect(call(soap, 'ClearLog', { Handle: 0 }).ReturnValue).toBe('1');
    const { Handle } = call(soap, 'SetAuditLock', { LockTimeoutInSeconds: 60, Flag: 0 });
    expect(soap.get('AMT_AuditLog').AuditState).toBe('18');
    expect(call(soap, 'SetAuditLock', { LockTimeoutInSeconds: 60, Flag: 0 })).toEqual({ ReturnValue: '16' });
    expect(call(soap, 'ClearLog', { Handle: String(Handle) }).ReturnValue).toBe('0');
    expect(soap.get('AMT_AuditLog').CurrentNumberOfRecords).toBe('1');
    expect(auditLog(soap.device).records[0]!.subarray(0, 4).toString('hex')).toBe('00140000');
  });
});
