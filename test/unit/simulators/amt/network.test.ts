import { describe, expect, test } from 'vitest';
import { environment } from '../../../../src/simulators/amt/classes/network/environmentDetection';
import { faultOf, key, type Sent, Soap } from './soap';

const wired = { InstanceID: 'Intel(r) AMT Ethernet Port Settings 0' };
const wireless = { InstanceID: 'Intel(r) AMT Ethernet Port Settings 1' };
const put = (soap: Soap, sent: Sent) => faultOf(soap.put('AMT_EthernetPortSettings', sent, wired));
const addresses = { IPAddress: '192.0.2.10', SubnetMask: '255.255.255.0', DefaultGateway: '192.0.2.1' };

describe('addresses', () => {
  test.each([
    ['an address with DHCP', { DHCPEnabled: true, IPAddress: '192.0.2.1' }, 'InternalError 26'],
    [
      'an address with IP synchronisation',
      { DHCPEnabled: false, IpSyncEnabled: true, ...addresses },
      'InternalError 26',
    ],
    [
      'a shared static address without synchronisation',
      { DHCPEnabled: false, SharedStaticIp: true, ...addresses },
      'InternalError 26',
    ],
    ['no mask', { DHCPEnabled: false, IPAddress: '192.0.2.1' }, 'InvalidRepresentation MissingValues'],
    ['no address', { DHCPEnabled: false, ...addresses, IPAddress: '192.0.2' }, 'InternalError 27'],
    ['a mask with holes', { DHCPEnabled: false, ...addresses, SubnetMask: '255.0.255.0' }, 'InternalError 37'],
    ['no word about DHCP', addresses, 'InvalidRepresentation MissingValues'],
    ['an unknown link policy', { DHCPEnabled: true, LinkPolicy: [2] }, 'InvalidRepresentation InvalidValues'],
  ])('refused: %s', (_, sent, fault) => {
    expect(put(new Soap(), sent)).toBe(fault);
  });

  test('a static one replaces what was there, VLAN and link policy too', () => {
    const soap = new Soap();
    expect(put(soap, { DHCPEnabled: true, IpSyncEnabled: true, VLANTag: 7, LinkPolicy: [1, 14] })).toBe('ok');
    expect(soap.get('AMT_EthernetPortSettings', wired)).toMatchObject({ VLANTag: '7', LinkPolicy: ['1', '14'] });
    expect(put(soap, { DHCPEnabled: false, ...addresses })).toBe('ok');
    expect(soap.get('AMT_EthernetPortSettings', wired)).toEqual({
      DHCPEnabled: 'false',
      DefaultGateway: '192.0.2.1',
      ElementName: 'Intel(r) AMT Ethernet Port Settings',
      IPAddress: '192.0.2.10',
      InstanceID: 'Intel(r) AMT Ethernet Port Settings 0',
      IpSyncEnabled: 'false',
      LinkIsUp: 'true',
      MACAddress: '48-21-0b-00-00-00',
      PhysicalConnectionType: '0',
      SharedDynamicIP: 'false',
      SharedMAC: 'true',
      SharedStaticIp: 'false',
      SubnetMask: '255.255.255.0',
    });
  });

  test('the shared address is told when the computer is off', () => {
    expect(new Soap().get('AMT_EthernetPortSettings', wired)).not.toHaveProperty('IPAddress');
    expect(new Soap({ power: 8 }).get('AMT_EthernetPortSettings', wired)).toMatchObject({ IPAddress: '192.168.0.51' });
  });
});

describe('the wireless port', () => {
  test('belongs to laptops', () => {
    expect(new Soap().list('AMT_EthernetPortSettings')).toHaveLength(1);
    expect(new Soap({ hardware: 'laptop' }).list('AMT_EthernetPortSettings')).toHaveLength(2);
  });

  test('goes to the engine for a while', () => {
    const soap = new Soap({ hardware: 'laptop' });
    const prefer = (of: Sent, LinkPreference: number) =>
      soap.invoke('AMT_EthernetPortSettings', 'SetLinkPreference', { LinkPreference, Timeout: 60 }, of).ReturnValue;
    expect(prefer(wired, 1)).toBe('2066');
    expect(prefer(wireless, 3)).toBe('36');
    expect(prefer(wireless, 1)).toBe('0');
    expect(soap.get('AMT_EthernetPortSettings', wireless)).toMatchObject({ LinkControl: '1', LinkPreference: '1' });
    soap.device.clockOffsetMs += 60_000;
    expect(soap.get('AMT_EthernetPortSettings', wireless)).toMatchObject({ LinkControl: '2' });
  });
});

describe('IPv6', () => {
  test('is switched on in the association with the port', () => {
    const soap = new Soap();
    const selectors = { SettingData: key('IPS_IPv6PortSettings', { InstanceID: 'Intel(r) IPS IPv6 Settings 0' }) };
    soap.put('IPS_IPv6PortSettings', { IPv6Address: '2001:db8::5', InterfaceIDType: 1, DefaultRouter: 'fe80::1' });
    expect(soap.get('IPS_IPv6PortSettings')).toMatchObject({ DefaultRouter: 'fe80::1', CurrentDefaultRouter: '::' });
    expect(faultOf(soap.put('CIM_ElementSettingData', { IsCurrent: 1 }, selectors))).toBe('ok');
    expect(soap.get('IPS_IPv6PortSettings')).toMatchObject({
      CurrentDefaultRouter: 'fe80::1',
      IPv6Address: '2001:db8::5',
    });
    expect(soap.get('CIM_ElementSettingData', selectors)).toMatchObject({ IsCurrent: '1' });
  });

  test.each([{ InterfaceIDType: 3 }, { ManualInterfaceID: '12' }, { PrimaryDNS: '192.0.2.1' }])(
    'refused: %j',
    (sent) => {
      expect(faultOf(new Soap().put('IPS_IPv6PortSettings', sent))).toBe('InvalidRepresentation InvalidValues');
    },
  );
});

describe('environment detection', () => {
  const domains = (soap: Soap, ...DetectionStrings: readonly string[]) =>
    faultOf(soap.put('AMT_EnvironmentDetectionSettingData', { DetectionAlgorithm: 0, DetectionStrings }));

  test('up to five domains of up to 63 characters', () => {
    const soap = new Soap();
    expect(soap.get('AMT_EnvironmentDetectionSettingData')).not.toHaveProperty('DetectionStrings');
    expect(domains(soap, 'a.net', 'b.net', 'c.net', 'd.net', 'e.net', 'f.net')).toBe(
      'InvalidRepresentation InvalidValues',
    );
    expect(domains(soap, `${'x'.repeat(60)}.net`)).toBe('InvalidRepresentation InvalidValues');
    expect(domains(soap, 'not a domain')).toBe('InvalidRepresentation InvalidValues');
    expect(domains(soap, 'a.net', 'b.net')).toBe('ok');
    expect(soap.get('AMT_EnvironmentDetectionSettingData')).toMatchObject({ DetectionStrings: ['a.net', 'b.net'] });
    expect(domains(soap)).toBe('ok');
    expect(soap.get('AMT_EnvironmentDetectionSettingData')).not.toHaveProperty('DetectionStrings');
  });

  test('elsewhere the device leaves the network', () => {
    const soap = new Soap();
    environment(soap.device).dnsSuffix = 'lab.net';
    domains(soap, 'lab.net');
    expect(soap.device.isDark).toBe(false);
    domains(soap, '2b14eacc-7f20-4a11-99bc-fdc6a162160b.com');
    expect(soap.device.isDark).toBe(true);
  });
});
