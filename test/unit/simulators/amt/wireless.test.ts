import { describe, expect, test } from 'vitest';
import { testPem } from './recordings';
import { faultOf, inside, reference, type Sent, Soap } from './soap';

const service = 'AMT_WiFiPortConfigurationService';
const endpoint = reference('CIM_WiFiEndpoint', { Name: 'WiFi Endpoint 0' });
const profile = (more: Sent = {}): Sent => ({
  ElementName: 'lab',
  InstanceID: 'Intel(r) AMT:WiFi Endpoint Settings lab',
  AuthenticationMethod: 6,
  EncryptionMethod: 4,
  SSID: 'lab',
  Priority: 5,
  PSKPassPhrase: 'P@ssw0rd',
  ...more,
});
const add = (soap: Soap, settings: Sent, more: Sent = {}) =>
  soap.invoke(service, 'AddWiFiSettings', {
    WiFiEndpoint: endpoint,
    WiFiEndpointSettingsInput: inside('CIM_WiFiEndpointSettings', settings),
    ...more,
  }).ReturnValue;
const laptop = () => new Soap({ hardware: 'laptop' });

test('only laptops have a radio', () => {
  expect(() => new Soap().list('CIM_WiFiPort')).toThrow('DestinationUnreachable');
  expect(() => new Soap().get(service)).toThrow('DestinationUnreachable');
  expect(laptop().list('CIM_WiFiPort')).toHaveLength(1);
});

describe('profiles', () => {
  test('one shows without its passphrase, next to those of the computer', () => {
    const soap = laptop();
    expect(add(soap, profile())).toBe('0');
    expect(soap.list('CIM_WiFiEndpointSettings')).toEqual([
      expect.objectContaining({ InstanceID: 'Intel(r) AMT:WiFi Endpoint User Settings Home', Priority: '1' }),
      {
        AuthenticationMethod: '6',
        BSSType: '3',
        ElementName: 'lab',
        EncryptionMethod: '4',
        InstanceID: 'Intel(r) AMT:WiFi Endpoint Settings lab',
        Priority: '5',
        SSID: 'lab',
      },
    ]);
    const remove = (name: string) =>
      faultOf(soap.delete('CIM_WiFiEndpointSettings', { InstanceID: `Intel(r) AMT:WiFi Endpoint ${name}` }));
    expect(remove('User Settings Home')).toBe('InternalError 16');
    expect(remove('Settings lab')).toBe('ok');
    expect(soap.list('CIM_WiFiEndpointSettings')).toHaveLength(1);
  });

  test.each([
    ['a short passphrase', { PSKPassPhrase: '1234567' }, '2070'],
    ['a long passphrase', { PSKPassPhrase: 'x'.repeat(64) }, '2070'],
    ['no SSID', { SSID: '' }, '36'],
    ['33 characters', { SSID: 'x'.repeat(33) }, '36'],
    ['a priority that is taken', { Priority: 1 }, '2067'],
    ['priority 256', { Priority: 256 }, '2067'],
    ['an open network', { AuthenticationMethod: 2, EncryptionMethod: 5 }, '2066'],
    ['WEP', { EncryptionMethod: 2 }, '36'],
    ['802.1X without its settings', { AuthenticationMethod: 7 }, '36'],
    ['a profile of the computer', { InstanceID: 'Intel(r) AMT:WiFi Endpoint User Settings x' }, '36'],
  ])('refused: %s', (_, change, returned) => {
    expect(add(laptop(), profile(change))).toBe(returned);
  });

  test('WPA3 from AMT 15 on', () => {
    const wpa3 = profile({ AuthenticationMethod: 32768 });
    expect(add(new Soap({ hardware: 'laptop', profile: '12.0' }), wpa3)).toBe('2066');
    expect(add(laptop(), wpa3)).toBe('0');
  });

  test('16 at most, each name once', () => {
    const soap = laptop();
    for (let at = 1; at < 16; at++) {
      expect(add(soap, profile({ InstanceID: `Intel(r) AMT:WiFi Endpoint Settings ${at}`, Priority: at + 1 }))).toBe(
        '0',
      );
    }
    expect(add(soap, profile({ InstanceID: 'Intel(r) AMT:WiFi Endpoint Settings 1', Priority: 99 }))).toBe('2058');
    expect(add(soap, profile({ Priority: 99 }))).toBe('23');
  });

  test('802.1X: EAP-TLS needs a certificate of the device, which it then keeps; PEAP a password', () => {
    const soap = laptop();
    soap.invoke('AMT_PublicKeyManagementService', 'AddCertificate', { CertificateBlob: testPem('leaf') });
    const enterprise = profile({ AuthenticationMethod: 7 });
    const login = (more: Sent) => ({
      IEEE8021xSettingsInput: inside('CIM_IEEE8021xSettings', { ElementName: 'lab', ...more }),
    });
    const certificate = (handle: number) =>
      reference('AMT_PublicKeyCertificate', { InstanceID: `Intel(r) AMT Certificate: Handle: ${handle}` });
    expect(add(soap, enterprise, login({ AuthenticationProtocol: 2, Username: 'lab' }))).toBe('2069');
    expect(add(soap, enterprise, login({ AuthenticationProtocol: 0 }))).toBe('2069');
    expect(add(soap, enterprise, { ...login({ AuthenticationProtocol: 0 }), ClientCredential: certificate(9) })).toBe(
      '2068',
    );
    expect(add(soap, enterprise, { ...login({ AuthenticationProtocol: 0 }), ClientCredential: certificate(1) })).toBe(
      '0',
    );
    const remove = () =>
      faultOf(soap.delete('AMT_PublicKeyCertificate', { InstanceID: 'Intel(r) AMT Certificate: Handle: 1' }));
    expect(remove()).toBe('InternalError 16');
    soap.delete('CIM_WiFiEndpointSettings', { InstanceID: 'Intel(r) AMT:WiFi Endpoint Settings lab' });
    expect(remove()).toBe('ok');
    expect(add(soap, enterprise, login({ AuthenticationProtocol: 2, Username: 'lab', Password: 'x' }))).toBe('0');
  });

  test('an update keeps the name and, without a new one, the passphrase', () => {
    const soap = laptop();
    add(soap, profile());
    const update = (name: string, { PSKPassPhrase: _, ...settings }: Sent) =>
      soap.invoke(service, 'UpdateWiFiSettings', {
        WiFiEndpointSettings: reference('CIM_WiFiEndpointSettings', {
          InstanceID: `Intel(r) AMT:WiFi Endpoint ${name}`,
        }),
        WiFiEndpointSettingsInput: inside('CIM_WiFiEndpointSettings', settings),
      }).ReturnValue;
    expect(update('Settings other', profile())).toBe('2068');
    expect(update('User Settings Home', profile({ Priority: 9 }))).toBe('16');
    expect(update('Settings lab', profile({ SSID: 'lab 5 GHz' }))).toBe('0');
    expect(soap.list('CIM_WiFiEndpointSettings')[1]).toMatchObject({
      ElementName: 'lab',
      Priority: '5',
      SSID: 'lab 5 GHz',
    });
  });
});

test('the radio and what is shared with the computer', () => {
  const soap = laptop();
  const request = (RequestedState: number) =>
    soap.invoke('CIM_WiFiPort', 'RequestStateChange', { RequestedState }).ReturnValue;
  expect(request(2)).toBe('5');
  expect(request(32769)).toBe('0');
  expect(soap.get('CIM_WiFiPort')).toMatchObject({ EnabledState: '32769', RequestedState: '32769' });
  expect(faultOf(soap.put(service, { localProfileSynchronizationEnabled: 2 }))).toBe(
    'InvalidRepresentation InvalidValues',
  );
  expect(faultOf(soap.put(service, { localProfileSynchronizationEnabled: 3 }))).toBe('ok');
  expect(soap.get(service)).toMatchObject({ localProfileSynchronizationEnabled: '3' });
});
