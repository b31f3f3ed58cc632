import { describe, expect, test } from 'vitest';
import { activeFilterStatistics } from '../../../../../src/protocols/amt/cim/activeFilterStatistics';
import { agentPresenceCapabilities } from '../../../../../src/protocols/amt/cim/agentPresenceCapabilities';
import { agentPresenceWatchdog } from '../../../../../src/protocols/amt/cim/agentPresenceWatchdog';
import { agentPresenceWatchdogAction } from '../../../../../src/protocols/amt/cim/agentPresenceWatchdogAction';
import { filterInSystemDefensePolicy } from '../../../../../src/protocols/amt/cim/filterInSystemDefensePolicy';
import { generalSystemDefenseCapabilities } from '../../../../../src/protocols/amt/cim/generalSystemDefenseCapabilities';
import { hdr8021Filter } from '../../../../../src/protocols/amt/cim/hdr8021Filter';
import { ipHeadersFilter } from '../../../../../src/protocols/amt/cim/ipHeadersFilter';
import { networkFilter } from '../../../../../src/protocols/amt/cim/networkFilter';
import { networkPortSystemDefenseCapabilities } from '../../../../../src/protocols/amt/cim/networkPortSystemDefenseCapabilities';
import { networkPortSystemDefensePolicy } from '../../../../../src/protocols/amt/cim/networkPortSystemDefensePolicy';
import { stateTransitionCondition } from '../../../../../src/protocols/amt/cim/stateTransitionCondition';
import { systemDefensePolicy } from '../../../../../src/protocols/amt/cim/systemDefensePolicy';
import { watchDogAction } from '../../../../../src/protocols/amt/cim/watchDogAction';
import { reference } from './recordings';
import { datetime, decode, of, policy, policyReference, port, portReference, selector, to } from './written';

describe('System Defense', () => {
  test('what a device holds', () => {
    const limits = { GlobalMaxSupportedPolicies: '8', GlobalMaxSupportedFilters: '80' };
    expect(decode(generalSystemDefenseCapabilities, of(limits))).toEqual({
      GlobalMaxSupportedPolicies: 8,
      GlobalMaxSupportedFilters: 80,
    });
    const port = { IPv4_MaxTxFilters: '31', IPv4_AntiSpoofingCapable: 'true', IPv6_to_IPv4_Ratio: '4' };
    expect(decode(networkPortSystemDefenseCapabilities, of(port))).toEqual({
      IPv4_MaxTxFilters: 31,
      IPv4_AntiSpoofingCapable: true,
      IPv6_to_IPv4_Ratio: 4,
    });
  });

  test('a policy', () => {
    const values = {
      AntiSpoofingSupport: '3',
      FilterCreationHandles: ['1', '2'],
      InstanceID: '3',
      PolicyName: 'Sideband',
      PolicyPrecedence: '10',
      RxDefaultCount: 'true',
      RxDefaultDrop: 'true',
      RxDefaultMatchEvent: 'false',
      TxDefaultCount: 'false',
      TxDefaultDrop: 'true',
      TxDefaultMatchEvent: 'false',
    };
    expect(decode(systemDefensePolicy, of(values))).toEqual({
      AntiSpoofingSupport: 'on, count and event',
      FilterCreationHandles: [1, 2],
      InstanceID: '3',
      PolicyName: 'Sideband',
      PolicyPrecedence: 10,
      RxDefaultCount: true,
      RxDefaultDrop: true,
      RxDefaultMatchEvent: false,
      TxDefaultCount: false,
      TxDefaultDrop: true,
      TxDefaultMatchEvent: false,
    });
  });

  test('filters', () => {
    const common = { ActionEventOnMatch: 'false', InstanceID: '7', Name: 'Sideband ARP' };
    const arp = { ...common, FilterDirection: '1', FilterProfile: '3', HdrProtocolID8021: '2054' };
    expect(decode(hdr8021Filter, of(arp))).toEqual({
      ActionEventOnMatch: false,
      InstanceID: '7',
      Name: 'Sideband ARP',
      FilterDirection: 'inbound',
      FilterProfile: 'pass',
      HdrProtocolID8021: 2054,
    });
    const ping = {
      FilterDirection: '0',
      FilterProfile: '2',
      FilterProfileData: '10',
      HdrDestAddress: 'C0A80001',
      HdrDestPortEnd: '53',
      HdrDestPortStart: '53',
      HdrIPVersion: '4',
      HdrProtocolID: '1',
      IsNegated: 'false',
      TCPFlagsOn: ['1', '4'],
    };
    expect(decode(ipHeadersFilter, of(ping))).toEqual({
      FilterDirection: 'outbound',
      FilterProfile: 'limit rate',
      FilterProfileData: 10,
      HdrDestAddress: 'C0A80001',
      HdrDestPortEnd: 53,
      HdrDestPortStart: 53,
      HdrIPVersion: 'IPv4',
      HdrProtocolID: 1,
      IsNegated: false,
      TCPFlagsOn: [1, 4],
    });
    expect(decode(networkFilter, of({ FilterProfile: '1', OwnerID: '3' }))).toEqual({
      FilterProfile: 'drop and count',
      OwnerID: 3,
    });
  });

  test('which policy is in force on which port', () => {
    const values = { Active: 'true', Antecedent: port, Dependent: policy, Enabled: 'true' };
    expect(decode(networkPortSystemDefensePolicy, of(values))).toEqual({
      Active: true,
      Antecedent: portReference,
      Dependent: policyReference,
      Enabled: true,
    });
    expect(decode(filterInSystemDefensePolicy, of({ Antecedent: policy, Dependent: port }))).toEqual({
      Antecedent: policyReference,
      Dependent: portReference,
    });
  });

  test('statistics name their filter two references deep', () => {
    const filter = to('urn:AMT_IPHeadersFilter', selector('Name', 'Sideband ping'));
    const inner = (content: string): string => `<b:EndpointReference>${content}</b:EndpointReference>`;
    const values = {
      ActivationTime: datetime('2026-01-01T00:00:00Z'),
      Antecedent: port,
      Dependent: to(
        'urn:AMT_FilterInSystemDefensePolicy',
        selector('Antecedent', inner(policy)) + selector('Dependent', inner(filter)),
      ),
      FilterMatched: 'true',
      ReadCount: '4294967295',
    };
    expect(decode(activeFilterStatistics, of(values))).toEqual({
      ActivationTime: new Date('2026-01-01T00:00:00Z'),
      Antecedent: portReference,
      Dependent: reference('urn:AMT_FilterInSystemDefensePolicy', {
        Antecedent: policyReference,
        Dependent: reference('urn:AMT_IPHeadersFilter', { Name: 'Sideband ping' }),
      }),
      FilterMatched: true,
      ReadCount: 4_294_967_295,
    });
  });
});

describe('agent presence', () => {
  test('a watchdog, its condition and its action', () => {
    const watchdog = {
      CurrentState: '8',
      DeviceID: 'E67jVdK/u2EXoIiu3XA36g==',
      MonitoredEntityDescription: 'Agent',
      StartupInterval: '120',
      TimeoutInterval: '60',
    };
    expect(decode(agentPresenceWatchdog, of(watchdog))).toEqual({
      CurrentState: 'expired',
      DeviceID: Uint8Array.of(
        ...[0x13, 0xae, 0xe3, 0x55, 0xd2, 0xbf, 0xbb, 0x61],
        ...[0x17, 0xa0, 0x88, 0xae, 0xdd, 0x70, 0x37, 0xea],
      ),
      MonitoredEntityDescription: 'Agent',
      StartupInterval: 120,
      TimeoutInterval: 60,
    });
    const condition = { NewState: '8', OldState: '31', PolicyConditionName: 'c1' };
    expect(decode(stateTransitionCondition, of(condition))).toEqual({
      NewState: 8,
      OldState: 31,
      PolicyConditionName: 'c1',
    });
    const action = { ActionSd: '0', EventOnTransition: 'true', PolicyActionName: 'a1' };
    expect(decode(agentPresenceWatchdogAction, of(action))).toEqual({
      ActionSd: 'activate',
      EventOnTransition: true,
      PolicyActionName: 'a1',
    });
  });

  test('limits, and what the expiry does to the computer', () => {
    expect(decode(agentPresenceCapabilities, of({ MaxTotalActions: '80', MaxTotalAgents: '16' }))).toEqual({
      MaxTotalActions: 80,
      MaxTotalAgents: 16,
    });
    const values = { AgentPresenceWatchDogExpirationAction: '1', HeciWatchDogExpirationAction: '0', Timeout: '30' };
    expect(decode(watchDogAction, of(values))).toEqual({
      AgentPresenceWatchDogExpirationAction: 'reboot',
      HeciWatchDogExpirationAction: 'none',
      Timeout: 30,
    });
  });
});
