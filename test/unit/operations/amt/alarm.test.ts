import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { amtAlarm } from '../../../../src/operations/amt/alarm';
import { AmtStub, recorded, thenOf } from '../../../fakes/amtStub';

const held = (name: string, start: string, more = ''): string =>
  `<h:IPS_AlarmClockOccurrence><h:DeleteOnCompletion>true</h:DeleteOnCompletion><h:ElementName>${name}</h:ElementName><h:InstanceID>${name}</h:InstanceID>${more}<h:StartTime><i:Datetime>${start}</i:Datetime></h:StartTime></h:IPS_AlarmClockOccurrence>`;
const daily = '<h:Interval><i:Interval>P1DT0H0M0S</i:Interval></h:Interval>';

/** Has an alarm that is none of ours. What is added or deleted changes the list. */
function device(first = ''): AmtStub {
  const other = held('other', '2027-05-01T00:00:00Z');
  const stub = new AmtStub({
    'Enumerate IPS_AlarmClockOccurrence': first + other,
    'AMT_AlarmClockService.AddAlarm': (body) => {
      const start = /Datetime>([^<]+)</.exec(body)?.[1] ?? '';
      stub.answers.set(
        'Enumerate IPS_AlarmClockOccurrence',
        held('patch', start, body.includes('P1D') ? daily : '') + other,
      );
      return recorded('amt/alarmclock/addalarm.xml');
    },
    'Delete IPS_AlarmClockOccurrence InstanceID=patch': () => {
      stub.answers.set('Enumerate IPS_AlarmClockOccurrence', other);
      return '';
    },
  });
  return stub;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2027-01-01T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

test('an alarm is added as an embedded instance; the second run finds it', async () => {
  const stub = device();
  const wanted = { name: 'patch', at: '2027-02-01T06:00:00+01:00', every: '1d' };
  await expect(stub.now(amtAlarm, wanted)).resolves.toBe('no alarm');
  expect(thenOf(amtAlarm, wanted)).toBe('2027-02-01 05:00 UTC, every 1440 min');
  await expect(stub.run(amtAlarm, wanted)).resolves.toMatchObject({
    outcome: 'done',
    value: { changed: ['alarm patch'] },
  });
  expect(stub.changes).toEqual([
    'AMT_AlarmClockService.AddAlarm: <r:AddAlarm_INPUT><r:AlarmTemplate><r1:InstanceID>patch</r1:InstanceID><r1:ElementName>patch</r1:ElementName><r1:StartTime><c:Datetime>2027-02-01T05:00:00Z</c:Datetime></r1:StartTime><r1:Interval><c:Interval>P1DT0H0M0S</c:Interval></r1:Interval><r1:DeleteOnCompletion>true</r1:DeleteOnCompletion></r:AlarmTemplate></r:AddAlarm_INPUT>',
  ]);
  await expect(stub.run(amtAlarm, wanted)).resolves.toMatchObject({ outcome: 'already' });
  await expect(stub.now(amtAlarm, wanted)).resolves.toBe('2027-02-01 05:00 UTC, every 1440 min');
});

test('one that has gone off meanwhile and comes again is the same; one that began in the past starts at its next time', async () => {
  const stub = device(held('patch', '2027-02-03T05:00:00Z', daily));
  await expect(stub.run(amtAlarm, { name: 'patch', at: '2027-02-01T05:00:00Z', every: '1d' })).resolves.toMatchObject({
    outcome: 'already',
  });
  expect(thenOf(amtAlarm, { name: 'patch', at: '2026-12-01T05:00:00Z', every: '1d' })).toBe(
    '2027-01-02 05:00 UTC, every 1440 min',
  );
});

test('another one of the same name is removed first', async () => {
  const stub = device(held('patch', '2027-03-01T05:00:00Z'));
  await expect(stub.run(amtAlarm, { name: 'patch', at: '2027-02-01T05:00:00Z' })).resolves.toMatchObject({
    outcome: 'done',
    value: { changed: ['alarm patch removed', 'alarm patch'] },
  });
  expect(stub.changes[0]).toBe('Delete IPS_AlarmClockOccurrence InstanceID=patch: ');
  expect(stub.changes[1]).not.toContain('Interval');
});

test('removing: what is not there is already removed, and others stay', async () => {
  const stub = device(held('patch', '2027-03-01T05:00:00Z'));
  const gone = { name: 'patch', action: 'remove' };
  await expect(stub.run(amtAlarm, gone)).resolves.toMatchObject({ outcome: 'done' });
  await expect(stub.run(amtAlarm, gone)).resolves.toMatchObject({ outcome: 'already' });
  expect(stub.changes).toEqual(['Delete IPS_AlarmClockOccurrence InstanceID=patch: ']);
});

test('a time that has passed is refused before anything is done', async () => {
  await expect(device().lacks(amtAlarm, { name: 'patch', at: '2026-12-31T00:00:00Z' })).resolves.toContain(
    'has passed',
  );
});

test.each([
  [{ name: 'x' }, 'a time is expected'],
  [{ name: 'x', at: '2027-01-31 06:00' }, 'a time such as'],
  [{ name: 'x', at: '2027-01-31T06:00:00' }, 'a time such as'],
  [{ name: 'x', at: '2027-01-31T06:00:00Z', every: '30s' }, 'whole minutes'],
])('%j is refused', (given, message) => {
  expect(JSON.stringify(amtAlarm.parameters.safeParse(given).error?.issues)).toContain(message);
});
