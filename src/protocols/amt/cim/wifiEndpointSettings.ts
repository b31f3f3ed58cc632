import { cimClass, integer, list, named, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

export const authenticationMethods = {
  1: 'other',
  2: 'open',
  3: 'shared key',
  4: 'WPA PSK',
  5: 'WPA 802.1X',
  6: 'WPA2 PSK',
  7: 'WPA2 802.1X',
  32768: 'WPA3 SAE',
  32769: 'WPA3 OWE',
} as const;
export const encryptionMethods = { 1: 'other', 2: 'WEP', 3: 'TKIP', 4: 'CCMP', 5: 'none' } as const;
const bssTypes = { 0: 'unknown', 2: 'independent', 3: 'infrastructure' } as const;

/** A wireless profile. Those with the prefix `Intel(r) AMT:WiFi Endpoint User Settings` come from the operating system. */
export const wifiEndpointSettings = cimClass('CIM_WiFiEndpointSettings', {
  ...settingData,
  AuthenticationMethod: named(authenticationMethods),
  BSSType: named(bssTypes),
  EncryptionMethod: named(encryptionMethods),
  KeyIndex: integer,
  /** Write-only. */
  Keys: list(text),
  OtherAuthenticationMethod: text,
  OtherEncryptionMethod: text,
  /** Write-only. */
  PSKPassPhrase: text,
  PSKValue: text,
  /** 1 to 255; the lowest is tried first. */
  Priority: integer,
  SSID: text,
});
