import { expect, test } from 'vitest';
import { amtNetwork } from '../../../../src/operations/amt/network';
import { AmtStub, lost, recorded, returned, type StubAnswer, thenOf } from '../../../fakes/amtStub';

const wired = 'InstanceID=Intel(r) AMT Ethernet Port Settings 0';
const wireless = 'InstanceID=Intel(r) AMT Ethernet Port Settings 1';
const inEnumeration = (envelope: string): string => {
  const body = /<(?:g|r):AMT_EthernetPortSettings>.*<\/(?:g|r):AMT_EthernetPortSettings>/s.exec(envelope)?.[0] ?? '';
  return body.replaceAll(/<(\/?)[gr]:/g, '<$1h:');
};

/** As recorded: DHCP with the operating system's address; a wireless port that is down. What is put is what it says from then on. */
function device(changes: Readonly<Record<string, StubAnswer>> = {}): AmtStub {
  const stub = new AmtStub({
    'Enumerate AMT_EthernetPortSettings': recorded('amt/ethernetport/pull.xml'),
    [`Get AMT_EthernetPortSettings ${wired}`]: recorded('amt/ethernetport/get.xml'),
    [`Put AMT_EthernetPortSettings ${wired}`]: (_, envelope) => {
      stub.answers.set('Enumerate AMT_EthernetPortSettings', inEnumeration(envelope));
      return envelope;
    },
    ...changes,
  });
  return stub;
}

test('an address of its own: DHCP and synchronisation end with it, and what is read-only goes back as it came', async () => {
  const stub = device();
  const wanted = { address: '10.0.0.5', mask: '255.255.0.0', gateway: '10.0.0.1', dns1: '10.0.0.2', vlan: 7 };
  await expect(stub.now(amtNetwork, wanted)).resolves.toBe(
    'wired: DHCP on, IP synchronisation on, mask 255.255.255.0, gateway 192.168.6.1, DNS 192.168.6.1, no VLAN',
  );
  expect(thenOf(amtNetwork, wanted)).toBe(
    'wired: DHCP off, IP synchronisation off, address 10.0.0.5, mask 255.255.0.0, gateway 10.0.0.1, DNS 10.0.0.2, VLAN 7',
  );
  await expect(stub.run(amtNetwork, wanted)).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toEqual([
    `Put AMT_EthernetPortSettings ${wired}: <r:AMT_EthernetPortSettings><r:DHCPEnabled>false</r:DHCPEnabled><r:DefaultGateway>10.0.0.1</r:DefaultGateway><r:ElementName>Intel(r) AMT Ethernet Port Settings</r:ElementName><r:IPAddress>10.0.0.5</r:IPAddress><r:InstanceID>Intel(r) AMT Ethernet Port Settings 0</r:InstanceID><r:IpSyncEnabled>false</r:IpSyncEnabled><r:LinkIsUp>true</r:LinkIsUp><r:LinkPolicy>1</r:LinkPolicy><r:LinkPolicy>14</r:LinkPolicy><r:MACAddress>c8-d9-d2-7a-1e-33</r:MACAddress><r:PhysicalConnectionType>0</r:PhysicalConnectionType><r:PrimaryDNS>10.0.0.2</r:PrimaryDNS><r:SecondaryDNS>68.105.29.11</r:SecondaryDNS><r:SharedDynamicIP>true</r:SharedDynamicIP><r:SharedMAC>true</r:SharedMAC><r:SharedStaticIp>false</r:SharedStaticIp><r:SubnetMask>255.255.0.0</r:SubnetMask><r:VLANTag>7</r:VLANTag></r:AMT_EthernetPortSettings>`,
  ]);
  await expect(stub.run(amtNetwork, wanted)).resolves.toMatchObject({ outcome: 'already' });
});

test('with DHCP no address goes back, not even the one that the device told', async () => {
  const stub = device();
  const wanted = { ipSync: false, linkPolicy: 's0-ac' };
  await expect(stub.run(amtNetwork, wanted)).resolves.toMatchObject({ outcome: 'done' });
  const [put = ''] = stub.changes;
  expect(put).not.toMatch(/IPAddress|SubnetMask|DefaultGateway|PrimaryDNS|SecondaryDNS/);
  expect(put).toContain('<r:DHCPEnabled>true</r:DHCPEnabled>');
  expect(put.match(/<r:LinkPolicy>\d+/g)).toEqual(['<r:LinkPolicy>1']);
});

test('the order in which link policies are given does not matter', async () => {
  await expect(device().run(amtNetwork, { linkPolicy: 'sx-ac, s0-ac' })).resolves.toMatchObject({ outcome: 'already' });
});

test('the static address of the operating system is shared', async () => {
  const stub = device();
  await stub.run(amtNetwork, { dhcp: false, ipSync: true });
  expect(stub.changes[0]).toContain('<r:SharedStaticIp>true</r:SharedStaticIp>');
});

test('an answer that the change itself has cut off is settled by reading back', async () => {
  const put = `Put AMT_EthernetPortSettings ${wired}`;
  const stub = device({ [put]: lost });
  await expect(stub.run(amtNetwork, { vlan: 7 })).rejects.toMatchObject({ code: 'connect.lost', effect: 'unknown' });
  expect(stub.changes).toHaveLength(1);
  const held = inEnumeration(recorded('amt/ethernetport/get.xml'));
  const reached = device({
    [put]: () => {
      const changed = held.replace('<h:LinkIsUp>', '<h:VLANTag>7</h:VLANTag><h:LinkIsUp>');
      reached.answers.set('Enumerate AMT_EthernetPortSettings', changed);
      return lost;
    },
  });
  await expect(reached.run(amtNetwork, { vlan: 7 })).resolves.toMatchObject({ outcome: 'done' });
  expect(reached.changes).toHaveLength(1);
});

test('accepted, and then out of reach: not verified', async () => {
  const stub = device();
  stub.answers.set(`Put AMT_EthernetPortSettings ${wired}`, (_, envelope) => {
    stub.answers.set('Enumerate AMT_EthernetPortSettings', lost);
    return envelope;
  });
  const result = await stub.run(amtNetwork, { address: '10.9.9.9', mask: '255.0.0.0' });
  expect(result).toMatchObject({
    outcome: 'unverified',
    note: expect.stringMatching(/^Accepted, but not verified/) as string,
  });
});

test('the wireless link is lent to the management engine for some seconds', async () => {
  const stub = device({
    [`AMT_EthernetPortSettings.SetLinkPreference ${wireless}`]: () => {
      const all = recorded('amt/ethernetport/pull.xml').replace('LinkPreference>2<', 'LinkPreference>1<');
      stub.answers.set('Enumerate AMT_EthernetPortSettings', all);
      return returned('SetLinkPreference', 0);
    },
  });
  const wanted = { port: 'wireless', linkPreference: 'management-engine', preferenceSeconds: 60 };
  await expect(stub.now(amtNetwork, wanted)).resolves.toBe('wireless: link preferred by host');
  await expect(stub.run(amtNetwork, wanted)).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toEqual([
    `AMT_EthernetPortSettings.SetLinkPreference ${wireless}: <r:SetLinkPreference_INPUT><r:LinkPreference>1</r:LinkPreference><r:Timeout>60</r:Timeout></r:SetLinkPreference_INPUT>`,
  ]);
  await expect(stub.lacks(amtNetwork, { linkPreference: 'host' })).resolves.toContain('wired port');
});

test('a port that is not there is lacking', async () => {
  const stub = device({ 'Enumerate AMT_EthernetPortSettings': inEnumeration(recorded('amt/ethernetport/get.xml')) });
  await expect(stub.lacks(amtNetwork, { port: 'wireless', dhcp: true })).resolves.toBe(
    'it has no wireless network port',
  );
});

test('the confirmation says what can go wrong', () => {
  const warned = amtNetwork.warnings?.(amtNetwork.parameters.parse({ dhcp: true })) ?? [];
  expect(warned.join(' ')).toContain('cannot be corrected from outside');
});

test.each([
  [{}, 'at least one setting'],
  [{ address: '10.0.0.5' }, 'address and mask'],
  [{ dhcp: true, address: '10.0.0.5', mask: '255.0.0.0' }, 'excludes DHCP'],
  [{ dhcp: false }, 'address and mask'],
  [{ vlan: 4095 }, 'vlan'],
])('%j is refused', (given, message) => {
  expect(JSON.stringify(amtNetwork.parameters.safeParse(given).error?.issues)).toContain(message);
});
