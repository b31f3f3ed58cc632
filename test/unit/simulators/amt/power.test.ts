import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { redirectionSessions } from '../../../../src/simulators/amt/classes/redirectionSessions';
import { reference, Soap } from './soap';

const ManagedElement = reference('CIM_ComputerSystem', {
  CreationClassName: 'CIM_ComputerSystem',
  Name: 'ManagedSystem',
});

function request(soap: Soap, PowerState: number): unknown {
  const input = { PowerState, ManagedElement };
  return soap.invoke('CIM_PowerManagementService', 'RequestPowerStateChange', input).ReturnValue;
}

function states(soap: Soap): unknown {
  const { PowerState, AvailableRequestedPowerStates } = soap.get('CIM_AssociatedPowerManagementService');
  return { PowerState, AvailableRequestedPowerStates };
}

describe('what may be requested', () => {
  test('on, with the local management service', () => {
    const available = ['10', '8', '5', '11', '4', '7', '14', '12'];
    expect(states(new Soap())).toEqual({ PowerState: '2', AvailableRequestedPowerStates: available });
  });

  test('on, without it', () => {
    expect(states(new Soap({ hasLms: false }))).toMatchObject({
      AvailableRequestedPowerStates: ['10', '8', '5', '11'],
    });
  });

  test('asleep and off', () => {
    expect(states(new Soap({ power: 4 }))).toEqual({ PowerState: '4', AvailableRequestedPowerStates: ['8', '2', '5'] });
    expect(states(new Soap({ power: 8 }))).toEqual({ PowerState: '8', AvailableRequestedPowerStates: ['2', '5'] });
  });

  test('AMT 9 does not say, and has no interrupt', () => {
    const soap = new Soap({ profile: '9.1' });
    expect(states(soap)).toEqual({ PowerState: '2' });
    expect(request(soap, 11)).toBe('4097');
  });
});

describe('a request', () => {
  test.each([
    { from: 2, asked: 8, returned: '0', then: 8 },
    { from: 2, asked: 12, returned: '0', then: 8 },
    { from: 2, asked: 4, returned: '0', then: 4 },
    { from: 2, asked: 7, returned: '0', then: 7 },
    { from: 2, asked: 5, returned: '0', then: 2 },
    { from: 2, asked: 10, returned: '0', then: 2 },
    { from: 2, asked: 11, returned: '0', then: 2 },
    { from: 2, asked: 2, returned: '4097', then: 2 },
    { from: 8, asked: 2, returned: '0', then: 2 },
    { from: 8, asked: 5, returned: '0', then: 2 },
    { from: 8, asked: 10, returned: '4097', then: 8 },
    { from: 8, asked: 8, returned: '4097', then: 8 },
    { from: 4, asked: 2, returned: '0', then: 2 },
    { from: 4, asked: 8, returned: '0', then: 8 },
    { from: 4, asked: 12, returned: '4097', then: 4 },
    { from: 2, asked: 99, returned: '5', then: 2 },
  ] as const)('in state $from for $asked returns $returned and ends in $then', ({ from, asked, returned, then }) => {
    const soap = new Soap({ power: from });
    expect(request(soap, asked)).toBe(returned);
    expect(states(soap)).toMatchObject({ PowerState: String(then) });
    expect([soap.device.calls.length, soap.device.refused.length]).toEqual(returned === '0' ? [1, 0] : [0, 1]);
  });

  test('for the operating system fails without the local management service', () => {
    const soap = new Soap({ hasLms: false });
    expect([12, 14, 4, 7].map((asked) => request(soap, asked))).toEqual(['1', '1', '1', '1']);
  });

  test('for off or cycle is refused while redirection is open, until it is switched off', () => {
    const soap = new Soap();
    redirectionSessions(soap.device).add('KVM');
    expect([request(soap, 8), request(soap, 5), request(soap, 10)]).toEqual(['4099', '4099', '0']);
    soap.invoke('AMT_RedirectionService', 'RequestStateChange', { RequestedState: 32768 });
    expect(request(soap, 8)).toBe('0');
  });

  test('is written into the audit log with who asked', () => {
    const soap = new Soap();
    request(soap, 8);
    const { EventRecords } = soap.invoke('AMT_AuditLog', 'ReadRecords', { StartIndex: 1 });
    const record = Buffer.from(String(EventRecords), 'base64').toString('latin1');
    // Application 17, event 1, by digest login, five letters.
    expect(record.slice(0, 11)).toBe('\0\x11\0\x01\0\x05admin');
    expect(record.slice(15)).toBe('\0\x09127.0.0.1\0');
  });
});

describe('with a delay', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('the state follows later; a second request overtakes the first', () => {
    const soap = new Soap({ powerDelayMs: 3000 });
    expect(request(soap, 8)).toBe('0');
    vi.advanceTimersByTime(2999);
    expect(states(soap)).toMatchObject({ PowerState: '2' });
    vi.advanceTimersByTime(1);
    expect(states(soap)).toMatchObject({ PowerState: '8' });
    soap.device.dispose();
  });
});

describe('modern standby', () => {
  const os = (soap: Soap, OSPowerSavingState: number): unknown => {
    const input = { OSPowerSavingState, ManagedElement };
    return soap.invoke('IPS_PowerManagementService', 'RequestOSPowerSavingStateChange', input).ReturnValue;
  };

  test('the state stays on; only the service of its own wakes', () => {
    const soap = new Soap({ hasModernStandby: true });
    expect(os(soap, 3)).toBe('0');
    expect(states(soap)).toMatchObject({ PowerState: '2' });
    expect(soap.get('IPS_PowerManagementService')).toMatchObject({ OSPowerSavingState: '3' });
    expect(os(soap, 2)).toBe('0');
    expect(soap.get('IPS_PowerManagementService')).toMatchObject({ OSPowerSavingState: '2' });
    expect(request(soap, 4)).toBe('4097');
  });

  test('a computer without it cannot save power so, and AMT 9 has no such service', () => {
    expect(os(new Soap(), 3)).toBe('1');
    expect(() => new Soap({ profile: '9.1' }).get('IPS_PowerManagementService')).toThrow('DestinationUnreachable');
  });
});
