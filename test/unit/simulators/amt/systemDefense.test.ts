import { describe, expect, test } from 'vitest';
import { type Alert, onDidRaise } from '../../../../src/simulators/amt/alerts';
import { environment } from '../../../../src/simulators/amt/classes/network/environmentDetection';
import { countersOf } from '../../../../src/simulators/amt/classes/systemDefense/counters';
import type { Packet } from '../../../../src/simulators/amt/classes/systemDefense/packet';
import { defenseOf } from '../../../../src/simulators/amt/classes/systemDefense/state';
import { passes } from '../../../../src/simulators/amt/classes/systemDefense/traffic';
import { faultOf, key, reference, selectorIn, type Sent, Soap } from './soap';

/** What a console sends as keys of what it makes; the device overrides it. */
const anyKeys = { InstanceID: 0, CreationClassName: 0, SystemName: 0, SystemCreationClassName: 0 };
const ipFilter = (name: string, more: Sent = {}): Sent => ({
  ...anyKeys,
  Name: name,
  FilterProfile: 1,
  FilterDirection: 1,
  ActionEventOnMatch: false,
  HdrIPVersion: 4,
  ...more,
});
const policy = (name: string, more: Sent = {}): Sent => ({
  InstanceID: 'any',
  PolicyName: name,
  PolicyPrecedence: 10,
  TxDefaultDrop: false,
  TxDefaultCount: false,
  TxDefaultMatchEvent: false,
  RxDefaultDrop: false,
  RxDefaultCount: false,
  RxDefaultMatchEvent: false,
  ...more,
});
const portKeys = {
  CreationClassName: 'CIM_EthernetPort',
  DeviceID: 'Intel(r) AMT Ethernet Port 0',
  SystemCreationClassName: 'CIM_ComputerSystem',
  SystemName: 'Intel(r) AMT',
};
const onPort = (handle: string): Sent => ({
  Antecedent: reference('CIM_EthernetPort', { DeviceID: 'Intel(r) AMT Ethernet Port 0' }),
  Dependent: reference('AMT_SystemDefensePolicy', { InstanceID: handle }),
});

function withPolicy(filters: readonly Sent[], more: Sent = {}): Soap {
  const soap = new Soap();
  for (const one of filters) expect(faultOf(soap.create('AMT_IPHeadersFilter', one))).toBe('ok');
  const handles = filters.map((_, index) => index + 1);
  expect(
    faultOf(soap.create('AMT_SystemDefensePolicy', policy('p', { FilterCreationHandles: handles, ...more }))),
  ).toBe('ok');
  expect(faultOf(soap.create('AMT_NetworkPortSystemDefensePolicy', onPort('1')))).toBe('ok');
  return soap;
}

describe('filters', () => {
  test('an instance comes back as it was sent, with keys of the device and its handle as InstanceID', () => {
    const soap = new Soap();
    const made = soap.create(
      'AMT_IPHeadersFilter',
      ipFilter('no telnet', { HdrProtocolID: 6, HdrDestPortStart: 23, HdrDestPortEnd: 23 }),
    );
    expect(made.xml).toContain(
      '<b:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</b:Address>',
    );
    expect(selectorIn(made.body, 'InstanceID')).toBe('1');
    expect(soap.list('AMT_IPHeadersFilter')).toEqual([
      {
        ActionEventOnMatch: 'false',
        CreationClassName: 'AMT_IPHeadersFilter',
        FilterDirection: '1',
        FilterProfile: '1',
        HdrDestPortEnd: '23',
        HdrDestPortStart: '23',
        HdrIPVersion: '4',
        HdrProtocolID: '6',
        InstanceID: '1',
        Name: 'no telnet',
        SystemCreationClassName: 'CIM_ComputerSystem',
        SystemName: 'Intel(r) AMT',
      },
    ]);
    expect(soap.list('AMT_Hdr8021Filter')).toEqual([]);
    expect(soap.list('AMT_FilterEntryBase')).toHaveLength(1);
  });

  test.each([
    ['no Name', { Name: undefined }, 'InvalidRepresentation MissingValues'],
    ['no InstanceID', { InstanceID: undefined }, 'InvalidRepresentation MissingValues'],
    ['no version', { HdrIPVersion: undefined }, 'InvalidRepresentation MissingValues'],
    ['version 5', { HdrIPVersion: 5 }, 'InvalidRepresentation InvalidValues'],
    ['17 characters', { Name: '12345678901234567' }, 'InvalidRepresentation InvalidValues'],
    ['profile 5', { FilterProfile: 5 }, 'InvalidRepresentation InvalidValues'],
    ['direction 2', { FilterDirection: 2 }, 'InvalidRepresentation InvalidValues'],
    ['a rate without a number', { FilterProfile: 2 }, 'InvalidRepresentation InvalidValues'],
    ['a rate of 0', { FilterProfile: 2, FilterProfileData: 0 }, 'InvalidRepresentation InvalidValues'],
    [
      'an address with dots',
      { HdrSrcAddress: '192.168.0.1', HdrSrcMask: 'FFFFFFFF' },
      'InvalidRepresentation InvalidValues',
    ],
    [
      'an address of version 6',
      { HdrSrcAddress: '0'.repeat(32), HdrSrcMask: 'F'.repeat(32) },
      'InvalidRepresentation InvalidValues',
    ],
    ['an address without mask', { HdrSrcAddress: 'C0A80001' }, 'InvalidRepresentation MissingValues'],
    ['a mask without address', { HdrSrcMask: 'FFFFFF00' }, 'InvalidRepresentation MissingValues'],
    ['ports without a protocol', { HdrSrcPortStart: 1, HdrSrcPortEnd: 1 }, 'InvalidRepresentation InvalidValues'],
    ['half a range', { HdrProtocolID: 6, HdrSrcPortStart: 1 }, 'InvalidRepresentation MissingValues'],
    [
      'a range backwards',
      { HdrProtocolID: 6, HdrSrcPortStart: 2, HdrSrcPortEnd: 1 },
      'InvalidRepresentation InvalidValues',
    ],
    [
      'two ranges',
      { HdrProtocolID: 17, HdrSrcPortStart: 1, HdrSrcPortEnd: 2, HdrDestPortStart: 1, HdrDestPortEnd: 2 },
      'InvalidRepresentation InvalidValues',
    ],
    ['flags of UDP', { HdrProtocolID: 17, TCPFlagsOn: [1] }, 'InvalidRepresentation InvalidValues'],
    ['a property of the other class', { HdrProtocolID8021: 2048 }, 'SchemaValidationError'],
  ])('refused: %s', (_, change, fault) => {
    const sent = Object.entries({ ...ipFilter('f'), ...change }).filter(([, value]) => value !== undefined);
    expect(faultOf(new Soap().create('AMT_IPHeadersFilter', Object.fromEntries(sent)))).toBe(fault);
  });

  test('an Ethernet filter needs its EtherType', () => {
    const soap = new Soap();
    const sent = { ...anyKeys, Name: 'arp', FilterProfile: 0, FilterDirection: 0, ActionEventOnMatch: true };
    expect(faultOf(soap.create('AMT_Hdr8021Filter', sent))).toBe('InvalidRepresentation MissingValues');
    expect(faultOf(soap.create('AMT_Hdr8021Filter', { ...sent, HdrProtocolID8021: 2054 }))).toBe('ok');
    expect(faultOf(soap.create('AMT_Hdr8021Filter', { ...sent, HdrProtocolID8021: 2048 }))).toBe('AlreadyExists');
  });

  test('80 filters, then the status of the limit', () => {
    const soap = new Soap();
    for (let at = 0; at < 80; at++) expect(faultOf(soap.create('AMT_IPHeadersFilter', ipFilter(`f${at}`)))).toBe('ok');
    expect(faultOf(soap.create('AMT_IPHeadersFilter', ipFilter('f80')))).toBe('InternalError 23');
  });

  test('one that a policy uses stays', () => {
    const soap = new Soap();
    soap.create('AMT_IPHeadersFilter', ipFilter('f'));
    soap.create('AMT_SystemDefensePolicy', policy('p', { FilterCreationHandles: [1] }));
    expect(faultOf(soap.delete('AMT_IPHeadersFilter', { Name: 'f' }))).toBe('InternalError 16');
    expect(faultOf(soap.delete('AMT_SystemDefensePolicy', { InstanceID: '1' }))).toBe('ok');
    expect(faultOf(soap.delete('AMT_IPHeadersFilter', { InstanceID: '1' }))).toBe('ok');
    expect(soap.list('AMT_IPHeadersFilter')).toEqual([]);
  });
});

describe('policies', () => {
  test.each([
    ['an unknown filter', { FilterCreationHandles: [1] }],
    ['17 characters', { PolicyName: '12345678901234567' }],
    ['an address check that there is not', { AntiSpoofingSupport: 5 }],
  ])('refused: %s', (_, change) => {
    const fault = faultOf(new Soap().create('AMT_SystemDefensePolicy', policy('p', change)));
    expect(fault).toBe('InvalidRepresentation InvalidValues');
  });

  test('all six defaults must be there', () => {
    const { RxDefaultCount: _, ...rest } = policy('p');
    expect(faultOf(new Soap().create('AMT_SystemDefensePolicy', rest))).toBe('InvalidRepresentation MissingValues');
  });

  test('62 filters at most, and 8 policies', () => {
    const soap = new Soap();
    for (let at = 0; at < 63; at++) soap.create('AMT_IPHeadersFilter', ipFilter(`f${at}`));
    const handles = Array.from({ length: 63 }, (_, index) => index + 1);
    const create = (name: string, of: number[]) =>
      faultOf(soap.create('AMT_SystemDefensePolicy', policy(name, { FilterCreationHandles: of })));
    expect(create('p', handles)).toBe('InvalidRepresentation InvalidValues');
    expect(create('p', handles.slice(1))).toBe('ok');
    for (let at = 1; at < 8; at++) expect(create(`p${at}`, [])).toBe('ok');
    expect(create('p8', [])).toBe('InternalError 23');
  });

  test('Put changes it and keeps its handle and its timeout', () => {
    const soap = new Soap();
    soap.create('AMT_SystemDefensePolicy', policy('p'));
    expect(soap.invoke('AMT_SystemDefensePolicy', 'SetTimeout', { Timeout: 30 }, { InstanceID: '1' })).toEqual({
      ReturnValue: '0',
    });
    soap.put('AMT_SystemDefensePolicy', policy('q', { InstanceID: '1', TxDefaultDrop: true }), { InstanceID: '1' });
    expect(soap.get('AMT_SystemDefensePolicy', { InstanceID: '1' })).toMatchObject({
      InstanceID: '1',
      PolicyName: 'q',
      TxDefaultDrop: 'true',
    });
    expect(soap.invoke('AMT_SystemDefensePolicy', 'GetTimeout', {}, { InstanceID: '1' })).toEqual({
      Timeout: '30',
      ReturnValue: '0',
    });
    expect(soap.invoke('AMT_SystemDefensePolicy', 'SetTimeout', { Timeout: 65536 }, { InstanceID: '1' })).toEqual({
      ReturnValue: '36',
    });
  });
});

describe('a policy on the port', () => {
  test('is one, holds its policy, and is taken away by references as keys', () => {
    const soap = withPolicy([]);
    soap.create('AMT_SystemDefensePolicy', policy('other'));
    expect(soap.list('AMT_NetworkPortSystemDefensePolicy')).toEqual([
      { Active: 'true', Antecedent: '(reference)', Dependent: '(reference)', Enabled: 'true' },
    ]);
    expect(faultOf(soap.create('AMT_NetworkPortSystemDefensePolicy', onPort('2')))).toBe('AlreadyExists');
    expect(faultOf(soap.delete('AMT_SystemDefensePolicy', { InstanceID: '1' }))).toBe('InternalError 16');
    const keysOf = (handle: string): Sent => ({
      Antecedent: key('CIM_EthernetPort', portKeys),
      Dependent: key('AMT_SystemDefensePolicy', { InstanceID: handle }),
    });
    expect(faultOf(soap.delete('AMT_NetworkPortSystemDefensePolicy', keysOf('2')))).toBe('DestinationUnreachable');
    expect(faultOf(soap.delete('AMT_NetworkPortSystemDefensePolicy', keysOf('1')))).toBe('ok');
    expect(faultOf(soap.create('AMT_NetworkPortSystemDefensePolicy', onPort('2')))).toBe('ok');
  });

  test.each([
    [
      'the wireless port',
      { Antecedent: reference('CIM_EthernetPort', { DeviceID: 'Intel(r) AMT Ethernet Port 1' }) },
      'InternalError 2066',
    ],
    [
      'an unknown policy',
      { Dependent: reference('AMT_SystemDefensePolicy', { InstanceID: '9' }) },
      'InvalidRepresentation InvalidValues',
    ],
    [
      'a filter',
      { Dependent: reference('AMT_IPHeadersFilter', { InstanceID: '1' }) },
      'InvalidRepresentation InvalidValues',
    ],
  ])('refused: %s', (_, change, fault) => {
    const soap = new Soap();
    soap.create('AMT_SystemDefensePolicy', policy('p'));
    expect(faultOf(soap.create('AMT_NetworkPortSystemDefensePolicy', { ...onPort('1'), ...change }))).toBe(fault);
  });

  test('the default policy holds while there is no other, and again when the other’s time is over', () => {
    const soap = new Soap();
    soap.create('AMT_SystemDefensePolicy', policy('default', { RxDefaultDrop: true }));
    soap.create('AMT_SystemDefensePolicy', policy('short', { PolicyPrecedence: 1 }));
    soap.invoke('AMT_SystemDefensePolicy', 'SetTimeout', { Timeout: 1 }, { InstanceID: '2' });
    soap.create('AMT_NetworkPortDefaultSystemDefensePolicy', onPort('1'));
    const packet: Packet = { direction: 'received', source: '10.0.0.1' };
    expect(passes(soap.device, packet)).toBe(false);
    soap.create('AMT_NetworkPortSystemDefensePolicy', onPort('2'));
    expect(passes(soap.device, packet)).toBe(true);
    soap.device.clockOffsetMs += 60_000;
    expect(passes(soap.device, packet)).toBe(false);
    expect(soap.list('AMT_NetworkPortSystemDefensePolicy')).toMatchObject([{ Active: 'false', Enabled: 'false' }]);
    expect(soap.list('AMT_InterfacePolicy').map(({ Active }) => Active)).toEqual(['false', 'true']);
  });

  test('the agents’ policy waits until an agent fails, then the higher precedence holds', () => {
    const soap = withPolicy([]);
    soap.create('AMT_SystemDefensePolicy', policy('agents', { PolicyPrecedence: 11, RxDefaultDrop: true }));
    soap.create('AMT_AgentPresenceInterfacePolicy', onPort('2'));
    const packet: Packet = { direction: 'received', source: '10.0.0.1' };
    expect(passes(soap.device, packet)).toBe(true);
    defenseOf(soap.device).enable('agentPresence');
    expect(passes(soap.device, packet)).toBe(false);
    defenseOf(soap.device).disable('agentPresence');
    expect(passes(soap.device, packet)).toBe(true);
  });
});

test('the policy for a foreign network holds there', () => {
  const soap = new Soap();
  soap.create('AMT_SystemDefensePolicy', policy('abroad', { RxDefaultDrop: true }));
  soap.create('AMT_EnvironmentDetectionInterfacePolicy', onPort('1'));
  environment(soap.device).dnsSuffix = 'hotel.net';
  expect(passes(soap.device, { direction: 'received', source: '10.0.0.1' })).toBe(true);
  soap.put('AMT_EnvironmentDetectionSettingData', { DetectionAlgorithm: 0, DetectionStrings: ['lab.net'] });
  expect(passes(soap.device, { direction: 'received', source: '10.0.0.1' })).toBe(false);
});

describe('packets', () => {
  const telnet: Packet = {
    direction: 'received',
    source: '10.0.0.7',
    protocol: 6,
    sourcePort: 50_000,
    destinationPort: 23,
  };

  test('without a policy everything passes', () => {
    expect(passes(new Soap().device, telnet)).toBe(true);
  });

  test.each([
    ['port', { HdrProtocolID: 6, HdrDestPortStart: 20, HdrDestPortEnd: 23 }],
    ['protocol', { HdrProtocolID: 6 }],
    ['mask', { HdrSrcAddress: '0A000000', HdrSrcMask: 'FF000000' }],
    ['range', { HdrSrcAddress: '0A000005', HdrSrcAddressEndOfRange: '0A000007' }],
    ['negation', { HdrProtocolID: 17, IsNegated: true }],
  ])('dropped by %s', (_, criteria) => {
    expect(passes(withPolicy([ipFilter('f', criteria)]).device, telnet)).toBe(false);
  });

  test.each([
    ['another direction', { FilterDirection: 0 }],
    ['another port', { HdrProtocolID: 6, HdrDestPortStart: 24, HdrDestPortEnd: 24 }],
    ['another address', { HdrSrcAddress: '0A000008', HdrSrcAddressEndOfRange: '0A0000FF' }],
    ['another version', { HdrIPVersion: 6 }],
    ['a flag that is not set', { HdrProtocolID: 6, TCPFlagsOn: [1] }],
    ['no dropping', { FilterProfile: 0 }],
  ])('passed: %s', (_, criteria) => {
    expect(passes(withPolicy([ipFilter('f', criteria)]).device, telnet)).toBe(true);
  });

  test('version 6 compares all 128 bits', () => {
    const filter = ipFilter('f', {
      HdrIPVersion: 6,
      HdrSrcAddress: '20010DB8000000000000000000000001',
      HdrSrcMask: 'F'.repeat(32),
    });
    const { device } = withPolicy([filter]);
    expect(passes(device, { direction: 'received', source: '2001:db8::1' })).toBe(false);
    expect(passes(device, { direction: 'received', source: '2001:db8::2' })).toBe(true);
  });

  test('one matching filter that drops is enough, and the default is for what none matches', () => {
    const pass = ipFilter('pass', { FilterProfile: 3, HdrProtocolID: 6 });
    const drop = ipFilter('drop', { FilterProfile: 4, HdrProtocolID: 6, HdrDestPortStart: 23, HdrDestPortEnd: 23 });
    const { device } = withPolicy([pass, drop], { RxDefaultDrop: true });
    expect(passes(device, telnet)).toBe(false);
    expect(passes(device, { ...telnet, destinationPort: 22 })).toBe(true);
    expect(passes(device, { ...telnet, protocol: 17 })).toBe(false);
  });

  test('a rate lets the first packets of each second through', () => {
    const { device } = withPolicy([ipFilter('ping', { FilterProfile: 2, FilterProfileData: 2, HdrProtocolID: 1 })]);
    const ping: Packet = { direction: 'received', source: '10.0.0.1', protocol: 1 };
    device.clockOffsetMs -= device.now() % 1000;
    expect([passes(device, ping), passes(device, ping), passes(device, ping)]).toEqual([true, true, false]);
    device.clockOffsetMs += 1000;
    expect(passes(device, ping)).toBe(true);
  });

  test('only the computer’s own address is sent from when addresses are checked', () => {
    const { device } = withPolicy([], { AntiSpoofingSupport: 4 });
    expect(passes(device, { direction: 'sent', source: '192.168.0.51' })).toBe(true);
    expect(passes(device, { direction: 'sent', source: '192.168.0.52' })).toBe(false);
    expect(passes(device, { direction: 'received', source: '192.168.0.52' })).toBe(true);
  });
});

describe('counters', () => {
  const update = (soap: Soap, ResetOnRead: boolean) =>
    soap.invoke(
      'AMT_SystemDefensePolicy',
      'UpdateStatistics',
      { NetworkInterface: reference('CIM_EthernetPort', portKeys), ResetOnRead },
      { InstanceID: '1' },
    );
  /** Names are two references deep. */
  const shown = (soap: Soap): Record<string, string | undefined> =>
    Object.fromEntries(
      soap.elements('AMT_ActiveFilterStatistics').map((item) => {
        const dependent = item.children.find(({ name }) => name === 'Dependent');
        const count = item.children.find(({ name }) => name === 'ReadCount')?.text;
        return [selectorIn(dependent, 'Name') ?? '', count];
      }),
    );

  test('are what was counted when they were last taken over, until they are reset', () => {
    const soap = withPolicy([ipFilter('tcp', { HdrProtocolID: 6 })], { RxDefaultCount: true });
    const { device } = soap;
    passes(device, { direction: 'received', source: '10.0.0.1', protocol: 6 });
    passes(device, { direction: 'received', source: '10.0.0.1', protocol: 6 });
    passes(device, { direction: 'received', source: '10.0.0.1', protocol: 17 });
    expect(shown(soap)).toEqual({ tcp: '0', 'Default Rx': '0' });
    expect(update(soap, false)).toEqual({ ReturnValue: '0' });
    expect(shown(soap)).toEqual({ tcp: '2', 'Default Rx': '1' });
    update(soap, true);
    expect(shown(soap)).toEqual({ tcp: '2', 'Default Rx': '1' });
    update(soap, false);
    expect(shown(soap)).toEqual({ tcp: '0', 'Default Rx': '0' });
  });

  test('run over after 32 bits', () => {
    const soap = withPolicy([ipFilter('tcp', { HdrProtocolID: 6 })]);
    const active = defenseOf(soap.device).activePolicy;
    if (!active) throw new Error('no policy in force');
    countersOf(soap.device, active).preset(1, 0xffff_ffff);
    passes(soap.device, { direction: 'received', source: '10.0.0.1', protocol: 6 });
    update(soap, false);
    expect(shown(soap)).toEqual({ tcp: '0' });
    expect(soap.list('AMT_ActiveFilterStatistics')).toMatchObject([{ FilterMatched: 'true' }]);
  });

  test('only the policy in force has any', () => {
    const soap = withPolicy([]);
    soap.delete('AMT_NetworkPortSystemDefensePolicy', {
      Dependent: key('AMT_SystemDefensePolicy', { InstanceID: '1' }),
    });
    expect(update(soap, false)).toEqual({ ReturnValue: '36' });
    expect(soap.list('AMT_ActiveFilterStatistics')).toEqual([]);
  });

  test('a match is told once until the counters are taken over: drop of a received packet, handle 1 of the wired port', () => {
    const soap = withPolicy([ipFilter('tcp', { HdrProtocolID: 6, ActionEventOnMatch: true })]);
    const alerts: Alert[] = [];
    onDidRaise(soap.device, (alert) => alerts.push(alert));
    const packet: Packet = { direction: 'received', source: '10.0.0.1', protocol: 6 };
    passes(soap.device, packet);
    passes(soap.device, packet);
    expect(alerts).toMatchObject([
      { messageId: 'iAMT0050', messageArguments: ['18'], record: { sensorType: 36, data: [0xaa, 0, 0, 0, 1] } },
    ]);
    update(soap, false);
    passes(soap.device, packet);
    expect(alerts).toHaveLength(2);
  });

  test('packets that no filter matches are told with the handle of their direction', () => {
    const soap = withPolicy([], { TxDefaultMatchEvent: true });
    const alerts: Alert[] = [];
    onDidRaise(soap.device, (alert) => alerts.push(alert));
    expect(passes(soap.device, { direction: 'sent', source: '192.168.0.51' })).toBe(true);
    expect(alerts).toMatchObject([{ messageId: 'iAMT0001', record: { data: [0xaa, 0xff, 0xff, 0xff, 0xfc] } }]);
  });
});

test.each(['ccm', 'ism'] as const)('there is none on the profile %s', (profile) => {
  const soap = new Soap({ profile });
  expect(() => soap.list('AMT_SystemDefensePolicy')).toThrow('DestinationUnreachable');
  expect(faultOf(soap.create('AMT_IPHeadersFilter', ipFilter('f')))).toBe('DestinationUnreachable');
});

test('changing it needs the realm of the circuit breaker', () => {
  const accounts = [
    { name: 'reader', password: 'x', realms: [13] },
    { name: 'guard', password: 'x', realms: [11] },
  ];
  expect(faultOf(new Soap({ accounts }, 'reader').create('AMT_IPHeadersFilter', ipFilter('f')))).toBe('AccessDenied');
  expect(faultOf(new Soap({ accounts }, 'guard').create('AMT_IPHeadersFilter', ipFilter('f')))).toBe('ok');
});
