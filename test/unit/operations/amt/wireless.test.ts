import { expect, test } from 'vitest';
import { amtWireless } from '../../../../src/operations/amt/wireless';
import { AmtStub, recorded, returned, type StubAnswer, thenOf } from '../../../fakes/amtStub';

const list = 'Enumerate CIM_WiFiEndpointSettings';
const profile = (id: string, name: string, priority: number): string =>
  `<h:CIM_WiFiEndpointSettings><h:AuthenticationMethod>6</h:AuthenticationMethod><h:BSSType>3</h:BSSType><h:ElementName>${name}</h:ElementName><h:EncryptionMethod>4</h:EncryptionMethod><h:InstanceID>${id}</h:InstanceID><h:Priority>${priority}</h:Priority><h:SSID>net</h:SSID></h:CIM_WiFiEndpointSettings>`;
const ofHost = profile('Intel(r) AMT:WiFi Endpoint User Settings home', 'home', 1);
const own = profile('Intel(r) AMT:WiFi Endpoint Settings office', 'office', 2);

/** Has a profile of the operating system; the radio is off as recorded. */
function device(changes: Readonly<Record<string, StubAnswer>> = {}): AmtStub {
  const stub = new AmtStub({
    'Get CIM_WiFiPort': recorded('cim/wifi/port/get.xml'),
    'Get AMT_WiFiPortConfigurationService': recorded('amt/wifiportconfiguration/get.xml'),
    [list]: ofHost,
    'AMT_WiFiPortConfigurationService.AddWiFiSettings': () => {
      stub.answers.set(list, ofHost + own);
      return recorded('amt/wifiportconfiguration/addwifisettings.xml');
    },
    'CIM_WiFiPort.RequestStateChange': (body) => {
      const state = /RequestedState>(\d+)</.exec(body)?.[1] ?? '';
      stub.answers.set(
        'Get CIM_WiFiPort',
        `<g:CIM_WiFiPort><g:EnabledState>${state}</g:EnabledState></g:CIM_WiFiPort>`,
      );
      return returned('RequestStateChange', 0);
    },
    ...changes,
  });
  stub.storedPassword = 'correct horse';
  return stub;
}
const wanted = { profile: 'office', ssid: 'net', passphraseOf: 'wlan' };

test('a profile is added with the stored passphrase, which no text shows; the second run finds it', async () => {
  const stub = device();
  await expect(stub.now(amtWireless, wanted)).resolves.toBe('no profile office');
  expect(thenOf(amtWireless, wanted)).toBe('profile office: net, WPA2 PSK, CCMP');
  await expect(stub.run(amtWireless, wanted)).resolves.toMatchObject({
    outcome: 'done',
    value: { changed: ['profile office'] },
    note: expect.stringContaining('cannot be read back') as string,
  });
  expect(stub.changes).toEqual([
    'AMT_WiFiPortConfigurationService.AddWiFiSettings: <r:AddWiFiSettings_INPUT><r:WiFiEndpoint><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address><a:ReferenceParameters><w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_WiFiEndpoint</w:ResourceURI><w:SelectorSet><w:Selector Name="Name">WiFi Endpoint 0</w:Selector></w:SelectorSet></a:ReferenceParameters></r:WiFiEndpoint><r:WiFiEndpointSettingsInput><r1:ElementName>office</r1:ElementName><r1:InstanceID>Intel(r) AMT:WiFi Endpoint Settings office</r1:InstanceID><r1:AuthenticationMethod>6</r1:AuthenticationMethod><r1:EncryptionMethod>4</r1:EncryptionMethod><r1:SSID>net</r1:SSID><r1:Priority>2</r1:Priority><r1:PSKPassPhrase>correct horse</r1:PSKPassPhrase></r:WiFiEndpointSettingsInput></r:AddWiFiSettings_INPUT>',
  ]);
  await expect(stub.run(amtWireless, wanted)).resolves.toMatchObject({ outcome: 'already' });
  expect(stub.changes).toHaveLength(1);
});

test('a profile that is otherwise is updated by its key, and one that looks right when it is asked for anew', async () => {
  const update = 'AMT_WiFiPortConfigurationService.UpdateWiFiSettings';
  const stub = device({
    [list]: ofHost + own,
    [update]: () => {
      stub.answers.set(list, ofHost + own.replace('Priority>2<', 'Priority>7<'));
      return recorded('amt/wifiportconfiguration/updatewifisettings.xml');
    },
  });
  await expect(stub.run(amtWireless, { ...wanted, priority: 7 })).resolves.toMatchObject({ outcome: 'done' });
  const [change = ''] = stub.changes;
  expect(change.startsWith(`${update}: <r:UpdateWiFiSettings_INPUT><r:WiFiEndpointSettings><a:Address>`)).toBe(true);
  expect(change).toContain('<w:Selector Name="InstanceID">Intel(r) AMT:WiFi Endpoint Settings office</w:Selector>');
  await expect(stub.run(amtWireless, { ...wanted, priority: 7, anew: true })).resolves.toMatchObject({
    outcome: 'done',
  });
  expect(stub.changes).toHaveLength(2);
});

test('a priority that another profile has, also one of the operating system, is refused before anything is written', async () => {
  const stub = device({ [list]: ofHost + own + profile('Intel(r) AMT:WiFi Endpoint Settings lab', 'lab', 3) });
  await expect(stub.lacks(amtWireless, { ...wanted, priority: 3 })).resolves.toBe(
    'the priority 3 is that of its profile lab',
  );
  await expect(stub.lacks(amtWireless, { ...wanted, priority: 1 })).resolves.toContain('its profile home');
  await expect(stub.lacks(amtWireless, { ...wanted, priority: 2 })).resolves.toBeUndefined();
  await expect(stub.lacks(amtWireless, wanted)).resolves.toBeUndefined();
  await expect(stub.now(amtWireless, wanted)).resolves.toBe('profile office: net, WPA2 PSK, CCMP');
  await expect(stub.now(amtWireless, { ...wanted, priority: 7 })).resolves.toContain('priority 2');
});

test('a profile is removed; one of the operating system is not', async () => {
  const remove = 'Delete CIM_WiFiEndpointSettings InstanceID=Intel(r) AMT:WiFi Endpoint Settings office';
  const stub = device({
    [list]: ofHost + own,
    [remove]: () => {
      stub.answers.set(list, ofHost);
      return '';
    },
  });
  const gone = { profile: 'office', action: 'remove' };
  await expect(stub.run(amtWireless, gone)).resolves.toMatchObject({ outcome: 'done' });
  await expect(stub.run(amtWireless, gone)).resolves.toMatchObject({ outcome: 'already' });
  expect(stub.changes).toEqual([`${remove}: `]);
  await expect(stub.lacks(amtWireless, { profile: 'home', action: 'remove' })).resolves.toBe(
    'its profile home belongs to the operating system',
  );
});

test('synchronisation keeps the other fields of the service, and the radio comes last', async () => {
  const stub = device();
  const given = { radio: 's0-sx', synchronisation: 'user' };
  await expect(stub.now(amtWireless, given)).resolves.toBe('synchronisation off; radio off');
  await expect(stub.run(amtWireless, given)).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toEqual([
    'Put AMT_WiFiPortConfigurationService: <r:AMT_WiFiPortConfigurationService><r:CreationClassName>AMT_WiFiPortConfigurationService</r:CreationClassName><r:ElementName>Intel(r) AMT WiFiPort Configuration Service</r:ElementName><r:EnabledState>5</r:EnabledState><r:HealthState>5</r:HealthState><r:LastConnectedSsidUnderMeControl/><r:Name>Intel(r) AMT WiFi Port Configuration Service</r:Name><r:NoHostCsmeSoftwarePolicy>0</r:NoHostCsmeSoftwarePolicy><r:RequestedState>12</r:RequestedState><r:SystemCreationClassName>CIM_ComputerSystem</r:SystemCreationClassName><r:SystemName>Intel(r) AMT</r:SystemName><r:UEFIWiFiProfileShareEnabled>false</r:UEFIWiFiProfileShareEnabled><r:localProfileSynchronizationEnabled>1</r:localProfileSynchronizationEnabled></r:AMT_WiFiPortConfigurationService>',
    'CIM_WiFiPort.RequestStateChange: <r:RequestStateChange_INPUT><r:RequestedState>32769</r:RequestedState></r:RequestStateChange_INPUT>',
  ]);
  await expect(stub.run(amtWireless, given)).resolves.toMatchObject({ outcome: 'already' });
});

test('a device without a wireless port, and a passphrase that no network has', async () => {
  const stub = device();
  stub.storedPassword = 'short';
  await expect(stub.run(amtWireless, wanted)).rejects.toMatchObject({ code: 'usage.invalid' });
  expect(stub.changes).toEqual([]);
  stub.answers.delete('Get CIM_WiFiPort');
  const wired = new AmtStub();
  await expect(wired.lacks(amtWireless, wanted)).resolves.toBe('it has no wireless network');
});

test.each([
  [{}, 'a profile, radio or synchronisation'],
  [{ profile: 'office' }, 'wpa2-psk needs a passphrase'],
  [{ profile: 'guests', authentication: 'open', passphraseOf: 'x' }, 'open has no passphrase'],
])('%j is refused', (given, message) => {
  expect(JSON.stringify(amtWireless.parameters.safeParse(given).error?.issues)).toContain(message);
});
