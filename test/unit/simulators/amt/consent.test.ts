import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { consent } from '../../../../src/simulators/amt/classes/consent';
import { redirectionSessions } from '../../../../src/simulators/amt/classes/redirectionSessions';
import { faultOf, Soap } from './soap';

const state = (soap: Soap): unknown => soap.get('IPS_OptInService').OptInState;
const start = (soap: Soap): unknown => soap.invoke('IPS_OptInService', 'StartOptIn').ReturnValue;
const cancel = (soap: Soap): unknown => soap.invoke('IPS_OptInService', 'CancelOptIn').ReturnValue;
const send = (soap: Soap, OptInCode: number): unknown =>
  soap.invoke('IPS_OptInService', 'SendOptInCode', { OptInCode }).ReturnValue;
const right = (soap: Soap): number => Number(consent(soap.device).code);
const wrong = (soap: Soap): number => (right(soap) + 1) % 1_000_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('user consent', () => {
  test('a code of six digits is shown, and whoever knows it has consent', () => {
    const soap = new Soap({ profile: 'ccm' });
    expect(soap.get('IPS_OptInService')).toMatchObject({ OptInRequired: '4294967295', CanModifyOptInPolicy: '0' });
    expect([state(soap), start(soap), state(soap)]).toEqual(['0', '0', '2']);
    expect(consent(soap.device).code).toMatch(/^\d{6}$/);
    expect([send(soap, right(soap)), state(soap)]).toEqual(['0', '3']);
    expect(consent(soap.device).code).toBeUndefined();
    redirectionSessions(soap.device).add('KVM');
    expect(state(soap)).toBe('4');
  });

  test('it ends when nobody uses it in time, and the code when nobody types it', () => {
    const soap = new Soap({ profile: 'ccm' });
    start(soap);
    vi.advanceTimersByTime(299_000);
    expect(state(soap)).toBe('2');
    vi.advanceTimersByTime(1000);
    expect(state(soap)).toBe('0');
    start(soap);
    send(soap, right(soap));
    vi.advanceTimersByTime(120_000);
    expect(state(soap)).toBe('0');
  });

  test('a session keeps it beyond the time', () => {
    const soap = new Soap({ profile: 'ccm' });
    start(soap);
    send(soap, right(soap));
    redirectionSessions(soap.device).add('SOL');
    vi.advanceTimersByTime(500_000);
    expect(state(soap)).toBe('4');
    redirectionSessions(soap.device).clear();
    expect(state(soap)).toBe('0');
  });

  test('three wrong codes block it for a while', () => {
    const soap = new Soap({ profile: 'ccm' });
    start(soap);
    expect([send(soap, wrong(soap)), state(soap)]).toEqual(['2', '2']);
    expect([send(soap, wrong(soap)), send(soap, wrong(soap)), state(soap)]).toEqual(['2', '3', '0']);
    expect([start(soap), send(soap, 1)]).toEqual(['3', '3']);
    vi.advanceTimersByTime(60_000);
    expect(start(soap)).toBe('0');
  });

  test('the order must be kept, and somebody must see the screen', () => {
    const soap = new Soap({ profile: 'ccm' });
    expect([cancel(soap), send(soap, 1)]).toEqual(['2', '2']);
    start(soap);
    expect(start(soap)).toBe('2');
    expect([cancel(soap), state(soap)]).toEqual(['0', '0']);
    expect(start(new Soap({ profile: 'ccm', power: 8 }))).toBe('1');
  });

  test('the policy may be changed in admin control mode only', () => {
    const admin = new Soap();
    expect(faultOf(admin.put('IPS_OptInService', { OptInRequired: 1 }))).toBe('ok');
    expect(admin.get('IPS_OptInService').OptInRequired).toBe('1');
    expect(faultOf(admin.put('IPS_OptInService', { OptInRequired: 7 }))).toBe('InvalidRepresentation InvalidValues');
    const client = new Soap({ profile: 'ccm' });
    expect(faultOf(client.put('IPS_OptInService', { OptInRequired: 0 }))).toBe('AccessDenied');
    expect(client.get('IPS_OptInService').OptInRequired).toBe('4294967295');
  });
});
