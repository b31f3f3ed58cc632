import { expect, test } from 'vitest';
import { amtEventLog } from '../../../../src/nodes/logs/amtEventLog';
import { auditLog } from '../../../../src/nodes/logs/auditLog';
import { AmtStub, recorded, returned } from '../../../fakes/amtStub';

const records = (name: string, given: readonly string[]): string =>
  given.map((record) => `<g:${name}>${record}</g:${name}>`).join('');
const first = recorded('amt/messagelog/positiontofirstrecord.xml');

test('recorded events, the oldest first, with every byte beside the words', async () => {
  const stub = new AmtStub({
    'AMT_MessageLog.PositionToFirstRecord': first,
    'AMT_MessageLog.GetRecords': recorded('amt/messagelog/getrecords.xml'),
  });
  const rows = await stub.show(amtEventLog);
  expect(rows).toHaveLength(3);
  expect(rows[2]).toEqual([
    '2024-01-06 03:26:27',
    'critical',
    'Intel ME',
    'platform security',
    'authentication failed 10 times',
    '63c89865ff066f056810ff2661aa0a000000000000',
  ]);
});

test('the log is read on from where the device stopped', async () => {
  const asked: string[] = [];
  const stub = new AmtStub({
    'AMT_MessageLog.PositionToFirstRecord': first,
    'AMT_MessageLog.GetRecords': (body) => {
      asked.push(body);
      const isLast = asked.length === 2;
      const record = isLast ? 'IgYBZf8PbwJoAf8iAEAHAAAAAAAA' : 'Y8iYZf8GbwVoEP8mYaoKAAAAAAAA';
      return `<g:GetRecords_OUTPUT><g:IterationIdentifier>${asked.length + 6}</g:IterationIdentifier><g:NoMoreRecords>${isLast}</g:NoMoreRecords>${records('RecordArray', [record])}<g:ReturnValue>0</g:ReturnValue></g:GetRecords_OUTPUT>`;
    },
  });
  expect((await stub.show(amtEventLog)).map(([time]) => time)).toEqual(['2023-09-13 00:45:22', '2024-01-06 03:26:27']);
  expect(asked).toEqual([
    '<r:GetRecords_INPUT><r:IterationIdentifier>1</r:IterationIdentifier><r:MaxReadRecords>390</r:MaxReadRecords></r:GetRecords_INPUT>',
    '<r:GetRecords_INPUT><r:IterationIdentifier>7</r:IterationIdentifier><r:MaxReadRecords>390</r:MaxReadRecords></r:GetRecords_INPUT>',
  ]);
});

test('records that are no base64 break the standard, and so many that they fit no call are read', async () => {
  const events = (given: readonly string[]): AmtStub =>
    new AmtStub({
      'AMT_MessageLog.PositionToFirstRecord': first,
      'AMT_MessageLog.GetRecords': `<g:GetRecords_OUTPUT><g:NoMoreRecords>true</g:NoMoreRecords>${records('RecordArray', given)}<g:ReturnValue>0</g:ReturnValue></g:GetRecords_OUTPUT>`,
    });
  await expect(events(['!']).show(amtEventLog)).rejects.toMatchObject({
    code: 'protocol.invalid',
    message: 'GetRecords_OUTPUT.RecordArray is no base64',
  });
  expect(await events(Array.from({ length: 150_000 }, () => 'AA==')).show(amtEventLog)).toHaveLength(150_000);
  const audit = new AmtStub({
    'Get AMT_AuditLog': '<g:AMT_AuditLog><g:CurrentNumberOfRecords>1</g:CurrentNumberOfRecords></g:AMT_AuditLog>',
    'AMT_AuditLog.ReadRecords': `<g:ReadRecords_OUTPUT>${records('EventRecords', ['!'])}<g:ReturnValue>0</g:ReturnValue></g:ReadRecords_OUTPUT>`,
  });
  await expect(audit.show(auditLog)).rejects.toMatchObject({ code: 'protocol.invalid' });
});

test('an empty log, one without an end, and a torn record', async () => {
  const answering = (output: string): AmtStub =>
    new AmtStub({ 'AMT_MessageLog.PositionToFirstRecord': first, 'AMT_MessageLog.GetRecords': output });
  await expect(answering(returned('GetRecords', 3)).show(amtEventLog)).resolves.toEqual([]);
  const endless =
    '<g:GetRecords_OUTPUT><g:IterationIdentifier>1</g:IterationIdentifier><g:NoMoreRecords>false</g:NoMoreRecords><g:ReturnValue>0</g:ReturnValue></g:GetRecords_OUTPUT>';
  await expect(answering(endless).show(amtEventLog)).rejects.toMatchObject({ code: 'protocol.invalid' });
  const torn = `<g:GetRecords_OUTPUT>${records('RecordArray', ['Y8iYZf8G'])}<g:NoMoreRecords>true</g:NoMoreRecords><g:ReturnValue>0</g:ReturnValue></g:GetRecords_OUTPUT>`;
  const [row] = await answering(torn).show(amtEventLog);
  expect(row?.[4]).toMatch(/^unreadable: /);
  expect(row?.[5]).toBe('63c89865ff06');
});

/** The first ten of 1106 recorded ones, then two more. */
const ten = [
  ...['ABAAEwJe+jS5AgABAg==', 'ABAAAAJe+jTQAgAA', 'ABAAAAJe+jj6AgAA', 'ABAAEgAFYWRtaW5e+daPAAkxMjcuMC4wLjEA'],
  ...[
    'ABAAEwJe+dbrAgABAg==',
    'ABAAAAJe+dccAgAA',
    'ABAAAAJe+dgmAgAA',
    'ABUAAAAJJCRPc0FkbWluXvnewgAJMTI3LjAuMC4xBF76QRI=',
  ],
  ...['ABAAEwJe+kTdAgABAg==', 'ABAAAAJe+kT/AgAA'],
];

test('audit records come by tens', async () => {
  const starts: string[] = [];
  const stub = new AmtStub({
    'Get AMT_AuditLog': '<g:AMT_AuditLog><g:CurrentNumberOfRecords>12</g:CurrentNumberOfRecords></g:AMT_AuditLog>',
    'AMT_AuditLog.ReadRecords': (body) => {
      const start = /StartIndex>(\d+)</.exec(body)?.[1] ?? '';
      starts.push(start);
      const some = start === '1' ? ten : ten.slice(0, 2);
      return `<g:ReadRecords_OUTPUT>${records('EventRecords', some)}<g:RecordsReturned>${some.length}</g:RecordsReturned><g:TotalRecordCount>12</g:TotalRecordCount><g:ReturnValue>0</g:ReturnValue></g:ReadRecords_OUTPUT>`;
    },
  });
  const rows = await stub.show(auditLog);
  expect(starts).toEqual(['1', '11']);
  expect(rows).toHaveLength(12);
  expect(rows[3]).toEqual([
    ...[
      '2020-06-29 11:54:55',
      'admin',
      'security administration',
      'client control mode upgraded to admin control mode',
    ],
    ...['127.0.0.1', '', '0010001200' + '0561646d696e' + '5ef9d68f' + '00' + '093132372e302e302e31' + '00'],
  ]);
  expect(rows[7]?.slice(1, 6)).toEqual([
    '$$OsAdmin',
    'network time',
    'time set',
    '127.0.0.1',
    '2020-06-29T19:29:22.000Z',
  ]);
});
