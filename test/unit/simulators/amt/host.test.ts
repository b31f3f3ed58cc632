import { describe, expect, test } from 'vitest';
import { redirectionSessions } from '../../../../src/simulators/amt/classes/redirectionSessions';
import { remoteAccessOf } from '../../../../src/simulators/amt/classes/remoteAccess/state';
import { reference, selectorIn, Soap } from './soap';

describe('the reason of the last boot', () => {
  const power = (soap: Soap, PowerState: number) =>
    soap.invoke('CIM_PowerManagementService', 'RequestPowerStateChange', {
      PowerState,
      ManagedElement: reference('CIM_ComputerSystem', {
        CreationClassName: 'CIM_ComputerSystem',
        Name: 'ManagedSystem',
      }),
    });
  const reason = (soap: Soap) => {
    const { Reason, ReasonDetails, PreviousSxState } = soap.get('IPS_HostBootReason');
    return [Reason, ReasonDetails, PreviousSxState];
  };

  test('a console’s request, by its name, and the state before', () => {
    const soap = new Soap({ power: 8 });
    power(soap, 2);
    expect(reason(soap)).toEqual(['1', 'Power Up', '5']);
    power(soap, 10);
    expect(reason(soap)).toEqual(['1', 'Reset', '0']);
    power(soap, 5);
    expect(reason(soap)).toEqual(['1', 'Power Cycle', '0']);
  });

  test('anything else, also after a request that was no boot', () => {
    const soap = new Soap({ power: 4 });
    power(soap, 2);
    soap.device.machine.restart();
    expect(reason(soap)).toEqual(['0', '', '0']);
  });
});

describe('blank screens', () => {
  const session = (soap: Soap, SessionState: number, ConsecutiveRebootsNum = 0) =>
    soap.invoke('IPS_ScreenConfigurationService', 'SetSessionState', { SessionState, ConsecutiveRebootsNum })
      .ReturnValue;

  test('for so many boots', () => {
    const soap = new Soap();
    expect(session(soap, 1, 4)).toBe('36');
    expect(session(soap, 1, 1)).toBe('0');
    soap.device.machine.restart();
    expect(soap.get('IPS_ScreenConfigurationService')).toMatchObject({
      CurrentState: '1',
      RemainingConsecutiveRebootsNum: '0',
    });
    soap.device.machine.restart();
    expect(soap.get('IPS_ScreenConfigurationService')).toMatchObject({ CurrentState: '0' });
  });

  test('not where it is switched off, nor before AMT 10', () => {
    const soap = new Soap();
    soap.invoke('IPS_ScreenConfigurationService', 'RequestStateChange', { RequestedState: 3 });
    expect(session(soap, 1)).toBe('16');
    expect(() => session(new Soap({ profile: '9.1' }), 1)).toThrow('DestinationUnreachable');
  });
});

test('sessions show with the adapter and the service that they use', () => {
  const soap = new Soap();
  expect(soap.list('IPS_SessionUsingPort')).toEqual([]);
  redirectionSessions(soap.device).add('KVM');
  remoteAccessOf(soap.device).isConnected = true;
  expect(soap.list('IPS_SolSessionUsingPort')).toEqual([]);
  const [kvm] = soap.elements('IPS_KvmSessionUsingPort');
  expect(selectorIn(kvm, 'InstanceID')).toBe('Intel(r) AMT Ethernet Port Settings 0');
  expect(selectorIn(kvm, 'Name')).toBe('KVM Redirection Service Access Point');
  expect(soap.elements('IPS_SessionUsingPort')).toHaveLength(2);
});
