import { afterEach, describe, expect, test, vi } from 'vitest';
import { ringAlarms } from '../../../../src/simulators/amt/classes/alarms';
import { faultOf, inside, type Sent, Soap } from './soap';

const common = 'xmlns:h="http://schemas.dmtf.org/wbem/wscim/1/common"';
const time = (iso: string) => ({ xml: `<h:Datetime ${common}>${iso}</h:Datetime>` });
const every = (interval: string) => ({ xml: `<h:Interval ${common}>${interval}</h:Interval>` });
const alarm = (more: Sent = {}): Sent => ({
  ElementName: 'wake',
  InstanceID: 'wake',
  StartTime: time('2030-01-01T06:00:00Z'),
  ...more,
});
const add = (soap: Soap, sent: Sent) =>
  soap.invoke('AMT_AlarmClockService', 'AddAlarm', { AlarmTemplate: inside('IPS_AlarmClockOccurrence', sent) })
    .ReturnValue;

describe('alarms', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('one shows as it was sent, and can be taken back', () => {
    const soap = new Soap();
    expect(add(soap, alarm({ Interval: every('P1DT2H3M0S'), DeleteOnCompletion: false }))).toBe('0');
    expect(soap.list('IPS_AlarmClockOccurrence')).toEqual([
      {
        DeleteOnCompletion: 'false',
        ElementName: 'wake',
        InstanceID: 'wake',
        Interval: 'P1DT2H3M0S',
        StartTime: '2030-01-01T06:00:00Z',
      },
    ]);
    expect(faultOf(soap.delete('IPS_AlarmClockOccurrence', { InstanceID: 'wake' }))).toBe('ok');
    expect(soap.list('IPS_AlarmClockOccurrence')).toEqual([]);
  });

  test.each([
    ['a time that has passed', { StartTime: time('2020-01-01T00:00:00Z') }, '34'],
    ['no time', { StartTime: 'tomorrow' }, '36'],
    ['an interval of seconds', { Interval: every('P0DT0H0M5S') }, '36'],
    ['no name', { InstanceID: '' }, '36'],
  ])('refused: %s', (_, change, returned) => {
    expect(add(new Soap(), alarm(change))).toBe(returned);
  });

  test('five at most, each by its own name', () => {
    const soap = new Soap();
    for (let at = 0; at < 5; at++) expect(add(soap, alarm({ InstanceID: `a${at}` }))).toBe('0');
    expect(add(soap, alarm({ InstanceID: 'a0' }))).toBe('2058');
    expect(add(soap, alarm({ InstanceID: 'a5' }))).toBe('23');
  });

  test('the computer goes on when it is time; what rings once is gone, what repeats waits for the next', () => {
    vi.useFakeTimers({ now: new Date('2030-01-01T05:59:00Z') });
    const soap = new Soap({ power: 8 });
    add(soap, alarm());
    add(soap, alarm({ InstanceID: 'daily', Interval: every('P1DT0H0M0S') }));
    vi.advanceTimersByTime(59_999);
    expect(soap.device.machine.isOn).toBe(false);
    vi.advanceTimersByTime(1);
    expect(soap.device.machine.isOn).toBe(true);
    expect(soap.get('IPS_HostBootReason')).toMatchObject({ Reason: '2', ReasonDetails: 'wake', PreviousSxState: '5' });
    expect(soap.list('IPS_AlarmClockOccurrence')).toMatchObject([
      { InstanceID: 'daily', StartTime: '2030-01-02T06:00:00Z' },
    ]);
  });

  test('a clock that is put forward rings when it is asked', () => {
    const soap = new Soap({ power: 8 });
    add(soap, alarm());
    soap.device.clockOffsetMs = Date.parse('2030-01-01T07:00:00Z') - Date.now();
    ringAlarms(soap.device);
    expect(soap.device.machine.isOn).toBe(true);
  });

  test('no timer is left behind', () => {
    vi.useFakeTimers();
    const soap = new Soap();
    add(soap, alarm({ StartTime: time('2999-01-01T00:00:00Z') }));
    expect(vi.getTimerCount()).toBe(1);
    soap.device.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});
