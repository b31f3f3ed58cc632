import { describe, expect, test } from 'vitest';
import { parseAddresses } from '../../../../src/fleet/filters/addresses';
import { FilterSets } from '../../../../src/fleet/filters/filterSets';
import { networkFilters } from '../../../../src/nodes/network/networkFilters';
import { networkFilterStatistics } from '../../../../src/nodes/network/networkFilterStatistics';
import { filterInstance } from '../../../../src/technologies/amt/systemDefense/filterProperties';
import { readFilterName, readPolicyName } from '../../../../src/technologies/amt/systemDefense/ownNames';
import {
  compilePolicy,
  type DefenseFilter,
  isSamePolicy,
  tagOf,
} from '../../../../src/technologies/amt/systemDefense/policy';
import { policyProperties } from '../../../../src/technologies/amt/systemDefense/policyProperties';
import { AmtStub, recorded, referenceTo, returned } from '../../../fakes/amtStub';

const keys = { CreationClassName: 0, InstanceID: 0, SystemCreationClassName: 0, SystemName: 0 };
const pass = { action: 'pass', count: false, event: false } as const;
const amt = 'http://intel.com/wbem/wscim/1/amt-schema/1/';

describe('what is sent to make a filter', () => {
  const dns: DefenseFilter = {
    label: 'DNS',
    direction: 'outbound',
    treatment: pass,
    match: { ip: 4, protocol: 17, remotePorts: { first: 53, last: 53 } },
  };

  test('outbound: the other side is the destination', () => {
    expect(filterInstance('DNS~abcdo', dns)).toEqual({
      resourceUri: `${amt}AMT_IPHeadersFilter`,
      properties: {
        ...keys,
        ActionEventOnMatch: false,
        FilterDirection: 0,
        FilterProfile: 3,
        HdrDestPortEnd: 53,
        HdrDestPortStart: 53,
        HdrIPVersion: 4,
        HdrProtocolID: 17,
        Name: 'DNS~abcdo',
      },
    });
  });

  test('inbound: the other side is the source, and addresses are hexadecimal with a mask', () => {
    const filter: DefenseFilter = {
      ...dns,
      direction: 'inbound',
      treatment: { action: 'drop', count: true, event: true },
      match: {
        ip: 4,
        protocol: 6,
        remotePorts: { first: 137, last: 139 },
        remoteAddresses: parseAddresses('192.168.0.0/20'),
        localAddresses: parseAddresses('10.0.0.7'),
      },
    };
    expect(filterInstance('f', filter).properties).toEqual({
      ...keys,
      ActionEventOnMatch: true,
      FilterDirection: 1,
      FilterProfile: 1,
      HdrDestAddress: '0A000007',
      HdrDestMask: 'FFFFFFFF',
      HdrIPVersion: 4,
      HdrProtocolID: 6,
      HdrSrcAddress: 'C0A80000',
      HdrSrcMask: 'FFFFF000',
      HdrSrcPortEnd: 139,
      HdrSrcPortStart: 137,
      Name: 'f',
    });
  });

  test('a range of addresses has no mask, a limit its number, an EtherType nothing of IP', () => {
    const range = { ...dns, match: { ip: 6, remoteAddresses: parseAddresses('fe80::1-fe80::2') } } as const;
    expect(filterInstance('f', range).properties).toMatchObject({
      HdrDestAddress: 'FE800000000000000000000000000001',
      HdrDestAddressEndOfRange: 'FE800000000000000000000000000002',
      HdrIPVersion: 6,
    });
    expect(filterInstance('f', range).properties.HdrDestMask).toBeUndefined();
    const limit = { ...dns, treatment: { action: 'limit', count: false, event: false, limit: 10 } } as const;
    expect(filterInstance('f', limit).properties).toMatchObject({ FilterProfile: 2, FilterProfileData: 10 });
    expect(filterInstance('f', { ...dns, match: { etherType: 0x0806 } })).toMatchObject({
      resourceUri: `${amt}AMT_Hdr8021Filter`,
      properties: { ...keys, HdrProtocolID8021: 2054, FilterProfile: 3, Name: 'f' },
    });
  });

  test.each([
    ['pass count', 0],
    ['drop count', 1],
    ['pass', 3],
    ['drop', 4],
  ])('%s is profile %i', (words, profile) => {
    const treatment = { action: words.slice(0, 4) as 'pass' | 'drop', count: words.endsWith('count'), event: false };
    expect(filterInstance('f', { ...dns, treatment }).properties.FilterProfile).toBe(profile);
  });
});

test.each([
  ['off', 0],
  ['event', 1],
  ['count', 2],
  ['count event', 3],
  ['on', 4],
] as const)('a policy with anti-spoofing %s', (antiSpoofing, number) => {
  const otherwise = {
    outbound: { action: 'drop', count: true, event: false },
    inbound: { action: 'pass', count: false, event: true },
  } as const;
  expect(policyProperties('p~abcd', { filters: [], otherwise, antiSpoofing }, ['7', '9'])).toEqual({
    AntiSpoofingSupport: number,
    FilterCreationHandles: ['7', '9'],
    InstanceID: 0,
    PolicyName: 'p~abcd',
    PolicyPrecedence: 1000,
    RxDefaultCount: false,
    RxDefaultDrop: false,
    RxDefaultMatchEvent: true,
    TxDefaultCount: true,
    TxDefaultDrop: true,
    TxDefaultMatchEvent: false,
  });
});

describe('names', () => {
  test('ours are known by their form', () => {
    expect(readPolicyName('open-ports~k3f7')).toEqual({ set: 'open-ports', tag: 'k3f7' });
    expect(readFilterName('DNS TCP~k3f7o')).toEqual({ label: 'DNS TCP', tag: 'k3f7' });
  });

  test.each(['Lab', 'open-ports', 'Open~k3f7', 'a~k3f', 'a~k3f19', 'a~K3F7', '~k3f7'])(
    '%s is another console’s',
    (name) => {
      expect([readPolicyName(name), readFilterName(name)]).toEqual([undefined, undefined]);
    },
  );

  test('none is longer than 16 characters', () => {
    const policy = compilePolicy(FilterSets.builtIn.get('open-ports'));
    const longest = Math.max(...policy.filters.map(({ label }) => label.length));
    expect([longest + 6 <= 16, `open-ports~${tagOf('open-ports', policy)}`.length]).toEqual([true, 15]);
  });
});

describe('a compiled set', () => {
  const set = FilterSets.builtIn.get('open-ports');
  const policy = compilePolicy(set);

  test('is the same in another order, and another when anything in it is', () => {
    expect(isSamePolicy(policy, { ...policy, filters: policy.filters.toReversed() })).toBe(true);
    const [first, ...rest] = policy.filters;
    const changed = { ...first!, treatment: { ...first!.treatment, event: true } };
    expect(isSamePolicy(policy, { ...policy, filters: [changed, ...rest] })).toBe(false);
    expect(isSamePolicy(policy, { ...policy, antiSpoofing: 'off' })).toBe(false);
    expect(isSamePolicy(policy, compilePolicy(set, { pingLimit: 11 }))).toBe(false);
  });

  test('opens the console’s ports to its address alone, and to any without one', () => {
    const console = (options = {}): readonly unknown[] =>
      compilePolicy(set, options)
        .filters.filter(({ label }) => label === 'HTTP')
        .map(({ match }) => match);
    const open = { ip: 4, protocol: 6, remotePorts: { first: 80, last: 80 } };
    expect(console()).toEqual([open, open]);
    const remoteAddresses = { ip: 4, address: '0A000009', prefix: 32 };
    expect(console({ consoleAddress: '10.0.0.9' })).toEqual([
      { ...open, remoteAddresses },
      { ...open, remoteAddresses },
    ]);
    expect(console({ consoleAddress: '::9' })).toMatchObject([{ ip: 6 }, { ip: 6 }]);
    expect(() => compilePolicy(set, { consoleAddress: 'console.example' })).toThrow(
      expect.objectContaining({
        code: 'usage.invalid',
        message: expect.stringMatching(/^consoleAddress: an address/) as string,
      }),
    );
  });
});

describe('what a device says', () => {
  const policyXml =
    '<h:AMT_SystemDefensePolicy><h:AntiSpoofingSupport>3</h:AntiSpoofingSupport><h:InstanceID>4</h:InstanceID>' +
    '<h:PolicyName>Lab</h:PolicyName><h:PolicyPrecedence>9</h:PolicyPrecedence><h:RxDefaultCount>false</h:RxDefaultCount>' +
    '<h:RxDefaultDrop>true</h:RxDefaultDrop><h:RxDefaultMatchEvent>false</h:RxDefaultMatchEvent>' +
    '<h:TxDefaultCount>true</h:TxDefaultCount><h:TxDefaultDrop>false</h:TxDefaultDrop>' +
    '<h:TxDefaultMatchEvent>true</h:TxDefaultMatchEvent></h:AMT_SystemDefensePolicy>';
  const filterXml =
    '<h:AMT_IPHeadersFilter><h:ActionEventOnMatch>false</h:ActionEventOnMatch><h:FilterDirection>1</h:FilterDirection>' +
    '<h:FilterProfile>4</h:FilterProfile><h:HdrDestMask>00FF00FF</h:HdrDestMask><h:HdrDestAddress>0A000007</h:HdrDestAddress>' +
    '<h:HdrIPVersion>4</h:HdrIPVersion><h:HdrSrcAddress>0a000400</h:HdrSrcAddress><h:HdrSrcMask>ffffff00</h:HdrSrcMask>' +
    '<h:InstanceID>2</h:InstanceID><h:Name>block lab</h:Name></h:AMT_IPHeadersFilter>';
  const link =
    `<h:AMT_FilterInSystemDefensePolicy><h:Antecedent>${referenceTo('AMT_SystemDefensePolicy', { InstanceID: '4' })}</h:Antecedent>` +
    `<h:Dependent>${referenceTo('AMT_IPHeadersFilter', { Name: 'block lab' })}</h:Dependent></h:AMT_FilterInSystemDefensePolicy>`;

  test('a policy that names no filters has those of the associations; a mask with gaps is shown as it is', async () => {
    const stub = new AmtStub({
      'Enumerate AMT_SystemDefensePolicy': policyXml,
      'Enumerate AMT_IPHeadersFilter': filterXml,
      'Enumerate AMT_FilterInSystemDefensePolicy': link,
    });
    const rest = [null, null, null, null, null, null];
    expect(await stub.show(networkFilters)).toEqual([
      [
        ...['Lab', false, 'other', 'block lab', 'inbound', 'drop', null, 'ip', null, null, '10.0.4.0/24', null],
        'HdrDestAddress 0A000007 with the mask 00FF00FF',
      ],
      ['Lab', false, 'other', 'everything else', 'outbound', 'pass count event', null, ...rest],
      ['Lab', false, 'other', 'everything else', 'inbound', 'drop', null, ...rest],
      ['Lab', false, 'other', 'anti-spoofing', 'outbound', 'drop count event', null, ...rest],
    ]);
  });

  test('a recorded filter without direction and profile is shown with what it has', async () => {
    const stub = new AmtStub({ 'Enumerate AMT_Hdr8021Filter': recorded('amt/hdr8021filter/pull.xml') });
    expect(await stub.show(networkFilters)).toEqual([
      [null, false, 'other', 'Intel(r) AMT Hdr8021 Filter', null, null, null, null, null, null, null, null, null],
    ]);
  });

  test('a policy that is enabled and not in force is outranked', async () => {
    const port = referenceTo('CIM_EthernetPort', { DeviceID: 'Intel(r) AMT Ethernet Port 0' });
    const policy = referenceTo('AMT_SystemDefensePolicy', { InstanceID: '4' });
    const stub = new AmtStub({
      'Enumerate AMT_SystemDefensePolicy': policyXml,
      'Enumerate AMT_NetworkPortSystemDefensePolicy':
        `<h:AMT_NetworkPortSystemDefensePolicy><h:Active>false</h:Active><h:Antecedent>${port}</h:Antecedent>` +
        `<h:Dependent>${policy}</h:Dependent><h:Enabled>true</h:Enabled></h:AMT_NetworkPortSystemDefensePolicy>`,
      'AMT_SystemDefensePolicy.UpdateStatistics': returned('UpdateStatistics', 0),
    });
    expect((await stub.show(networkFilters)).map((row) => row.slice(0, 4))).toEqual([
      ['Lab', false, 'other', 'everything else'],
      ['Lab', false, 'other', 'everything else'],
      ['Lab', false, 'other', 'anti-spoofing'],
    ]);
    expect(await stub.show(networkFilterStatistics)).toEqual([]);
    expect(stub.changes).toEqual([]);
  });
});
