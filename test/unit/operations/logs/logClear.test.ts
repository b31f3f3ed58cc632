import { expect, test } from 'vitest';
import { logClear } from '../../../../src/operations/logs/logClear';
import { AmtStub, lost, recorded, returned, type StubAnswer } from '../../../fakes/amtStub';

const holding = (name: string, count: number): string =>
  `<g:${name}><g:CurrentNumberOfRecords>${count}</g:CurrentNumberOfRecords></g:${name}>`;
const locked = '<g:SetAuditLock_OUTPUT><g:Handle>77</g:Handle><g:ReturnValue>0</g:ReturnValue></g:SetAuditLock_OUTPUT>';
const audits = (record: string): string =>
  `<g:ReadRecords_OUTPUT><g:EventRecords>${record}</g:EventRecords><g:RecordsReturned>1</g:RecordsReturned><g:TotalRecordCount>1</g:TotalRecordCount><g:ReturnValue>0</g:ReturnValue></g:ReadRecords_OUTPUT>`;
/** App 20 event 0 by admin, from 127.0.0.1: what clearing leaves behind. */
const clearing = 'ABQAAAAFYWRtaW5e+daPAAkxMjcuMC4wLjEA';
const upgrade = 'ABAAEgAFYWRtaW5e+daPAAkxMjcuMC4wLjEA';

function device(changes: Readonly<Record<string, StubAnswer>> = {}): AmtStub {
  const stub = new AmtStub({
    'Get AMT_MessageLog': recorded('amt/messagelog/get.xml'),
    'AMT_MessageLog.PositionToFirstRecord': recorded('amt/messagelog/positiontofirstrecord.xml'),
    'AMT_MessageLog.GetRecords': recorded('amt/messagelog/getrecords.xml'),
    'AMT_MessageLog.ClearLog': () => {
      stub.answers.set('Get AMT_MessageLog', holding('AMT_MessageLog', 0));
      return returned('ClearLog', 0);
    },
    'Get AMT_AuditLog': recorded('amt/auditlog/get.xml'),
    'AMT_AuditLog.SetAuditLock': locked,
    'AMT_AuditLog.ReadRecords': audits(upgrade),
    'AMT_AuditLog.ClearLog': () => {
      stub.answers.set('Get AMT_AuditLog', holding('AMT_AuditLog', 1));
      stub.answers.set('AMT_AuditLog.ReadRecords', audits(clearing));
      return returned('ClearLog', 0);
    },
    ...changes,
  });
  return stub;
}
const methods = (stub: AmtStub): readonly string[] =>
  stub.changes.map((call) => call.slice(0, call.indexOf(':'))).filter((name) => !/Records$|FirstRecord$/.test(name));

test('the event log is cleared, and what it held is kept when it is asked for', async () => {
  const stub = device();
  await expect(stub.now(logClear)).resolves.toBe('390 entries');
  const result = await stub.run(logClear, { keep: true });
  expect(result).toMatchObject({ outcome: 'done', value: { cleared: 3 } });
  expect(JSON.stringify(result.value)).toContain('authentication failed 10 times');
  expect(methods(stub)).toEqual(['AMT_MessageLog.ClearLog']);
  await expect(stub.run(logClear)).resolves.toEqual({ outcome: 'already', value: { cleared: 0 } });
  await expect(stub.now(logClear)).resolves.toBe('0 entries');
});

test('without keeping, the number is that of the device', async () => {
  await expect(device().run(logClear)).resolves.toEqual({ outcome: 'done', value: { cleared: 390 } });
});

test('the audit log is locked, read, cleared and unlocked; what tells of the clearing does not count', async () => {
  const stub = device();
  await expect(stub.now(logClear, { log: 'audit' })).resolves.toBe('161 entries');
  await expect(stub.run(logClear, { log: 'audit', keep: true })).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes.filter((call) => call.includes('SetAuditLock'))).toEqual([
    'AMT_AuditLog.SetAuditLock: <r:SetAuditLock_INPUT><r:LockTimeoutInSeconds>300</r:LockTimeoutInSeconds><r:Flag>0</r:Flag></r:SetAuditLock_INPUT>',
    'AMT_AuditLog.SetAuditLock: <r:SetAuditLock_INPUT><r:Flag>2</r:Flag><r:Handle>77</r:Handle></r:SetAuditLock_INPUT>',
  ]);
  expect(stub.changes.find((call) => call.includes('ClearLog'))).toBe('AMT_AuditLog.ClearLog: <r:ClearLog_INPUT/>');
  await expect(stub.run(logClear, { log: 'audit' })).resolves.toMatchObject({ outcome: 'already' });
  await expect(stub.now(logClear, { log: 'audit' })).resolves.toBe('0 entries');
});

test('a lock that somebody else has is no clearing; a refused clearing gives the lock back', async () => {
  const taken = device({ 'AMT_AuditLog.SetAuditLock': returned('SetAuditLock', 16) });
  await expect(taken.run(logClear, { log: 'audit' })).rejects.toMatchObject({ code: 'device.refused', effect: 'none' });
  expect(methods(taken)).toEqual(['AMT_AuditLog.SetAuditLock']);
  const refusing = device({ 'AMT_AuditLog.ClearLog': returned('ClearLog', 1) });
  await expect(refusing.run(logClear, { log: 'audit' })).rejects.toMatchObject({ code: 'device.refused' });
  expect(methods(refusing)).toEqual([
    'AMT_AuditLog.SetAuditLock',
    'AMT_AuditLog.ClearLog',
    'AMT_AuditLog.SetAuditLock',
  ]);
});

test('a lost answer leaves it open; a log that stays full is not verified', async () => {
  const silent = device({ 'AMT_MessageLog.ClearLog': lost });
  await expect(silent.run(logClear)).rejects.toMatchObject({ code: 'connect.lost', effect: 'unknown' });
  const stuck = device({ 'AMT_MessageLog.ClearLog': returned('ClearLog', 0) });
  await expect(stuck.run(logClear)).resolves.toMatchObject({
    outcome: 'unverified',
    note: 'Accepted, but the log still has 390 entries.',
  });
});
