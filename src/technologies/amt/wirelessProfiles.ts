import { SidebandError } from '../../base/errors';
import type { Secret } from '../../base/secret';
import {
  authenticationMethods,
  encryptionMethods,
  wifiEndpointSettings,
} from '../../protocols/amt/cim/wifiEndpointSettings';
import { wifiPortConfigurationService } from '../../protocols/amt/cim/wifiPortConfigurationService';
import { assertCompleted } from '../../protocols/amt/returnValue';
import { cimUri, numberOf } from '../../protocols/wsman/cimClass';
import type { EndpointReference, Properties } from '../../protocols/wsman/values';
import type { Difference } from '../difference';
import type { AmtClient } from './client';

/** Begins the key of what the operating system has brought; such profiles are its own business. */
const hostPrefix = 'Intel(r) AMT:WiFi Endpoint User Settings';
const ownPrefix = 'Intel(r) AMT:WiFi Endpoint Settings ';
const endpoint: EndpointReference = {
  resourceUri: cimUri('CIM_WiFiEndpoint'),
  selectors: { Name: 'WiFi Endpoint 0' },
};

/** How computers log in to a wireless network, without 802.1X. */
export const authentications = ['open', 'wpa-psk', 'wpa2-psk', 'wpa3-sae', 'wpa3-owe'] as const;
export type Authentication = (typeof authentications)[number];
export const encryptions = ['none', 'tkip', 'ccmp'] as const;
export type Encryption = (typeof encryptions)[number];

const authenticationWords = {
  open: 'open',
  'wpa-psk': 'WPA PSK',
  'wpa2-psk': 'WPA2 PSK',
  'wpa3-sae': 'WPA3 SAE',
  'wpa3-owe': 'WPA3 OWE',
} as const;
const encryptionWords = { none: 'none', tkip: 'TKIP', ccmp: 'CCMP' } as const;

/** A profile as the device tells it. */
export interface HeldWirelessProfile {
  readonly name: string;
  /** The key. */
  readonly id: string;
  readonly ssid: string;
  /** 1 to 255; the lowest is tried first. */
  readonly priority: number;
  /** In words, such as `WPA2 PSK`; also of kinds that cannot be set here. */
  readonly authentication: string;
  readonly encryption: string;
  readonly isOfHost: boolean;
}

export interface WirelessProfile {
  readonly name: string;
  readonly ssid: string;
  /** Undefined: the one that the profile has, or the lowest that no other has. */
  readonly priority: number | undefined;
  readonly authentication: Authentication;
  readonly encryption: Encryption;
  /** 8 to 63 characters, where the login has one. It cannot be read back. */
  readonly passphrase?: Secret;
}

/** All profiles, those of the operating system too. */
export async function readWirelessProfiles(
  client: AmtClient,
  signal: AbortSignal,
): Promise<readonly HeldWirelessProfile[]> {
  const profiles = await client.list(wifiEndpointSettings, signal);
  return profiles.map(({ ElementName, InstanceID: id = '', SSID, Priority, ...held }) => ({
    name: ElementName ?? '',
    id,
    ssid: SSID ?? '',
    priority: Priority ?? 0,
    authentication: held.AuthenticationMethod ?? '',
    encryption: held.EncryptionMethod ?? '',
    isOfHost: id.startsWith(hostPrefix),
  }));
}

/** The profile of that name that a console has made. */
export async function findProfile(
  client: AmtClient,
  name: string,
  signal: AbortSignal,
): Promise<HeldWirelessProfile | undefined> {
  const profiles = await readWirelessProfiles(client, signal);
  return profiles.find((one) => one.name === name && !one.isOfHost);
}

/** What is to be done so that the device has this profile. `anew`: even when all that can be read is so already. */
export async function profileDifferences(
  client: AmtClient,
  wanted: WirelessProfile,
  { anew, signal }: { readonly anew: boolean; readonly signal: AbortSignal },
): Promise<readonly Difference[]> {
  assertPassphrase(wanted);
  const profiles = await readWirelessProfiles(client, signal);
  const held = profiles.find((one) => one.name === wanted.name && !one.isOfHost);
  const priority = wanted.priority ?? held?.priority ?? lowestFree(profiles);
  if (held && isSame(held, { ...wanted, priority }) && !anew) return [];
  return [{ name: `profile ${wanted.name}`, write: (stop) => write(client, { ...wanted, priority }, held?.id, stop) }];
}

export async function profileRemovals(
  client: AmtClient,
  name: string,
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const held = await findProfile(client, name, signal);
  if (!held) return [];
  const options = (stop: AbortSignal) => ({ selectors: { InstanceID: held.id }, signal: stop });
  return [
    {
      name: `profile ${name} removed`,
      write: (stop) => client.wsman.delete(wifiEndpointSettings.resourceUri, options(stop)),
    },
  ];
}

/** The profile of the operating system or of a console that has a priority, which no other can have. */
export function holderOf(
  priority: number | undefined,
  profiles: readonly HeldWirelessProfile[],
): HeldWirelessProfile | undefined {
  return profiles.find((one) => one.priority === priority);
}

function lowestFree(profiles: readonly HeldWirelessProfile[]): number {
  let priority = 1;
  while (holderOf(priority, profiles)) priority++;
  return priority;
}

/** In the words of a profile that is held; without a priority where none is asked about. */
export function describeProfile(
  profile: Pick<HeldWirelessProfile, 'ssid' | 'authentication' | 'encryption'> & Pick<WirelessProfile, 'priority'>,
): string {
  const { ssid, priority, authentication, encryption } = profile;
  const order = priority === undefined ? [] : [`priority ${priority}`];
  return [ssid, authentication, encryption, ...order].join(', ');
}

export function describeWantedProfile({ authentication, encryption, ...wanted }: WirelessProfile): string {
  return describeProfile({
    ...wanted,
    authentication: authenticationWords[authentication],
    encryption: encryptionWords[encryption],
  });
}

function isSame(held: HeldWirelessProfile, wanted: WirelessProfile): boolean {
  return describeProfile(held) === describeWantedProfile(wanted);
}

async function write(
  client: AmtClient,
  { name, ssid, priority, authentication, encryption, passphrase }: WirelessProfile,
  heldId: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const properties: Properties = {
    ElementName: name,
    InstanceID: heldId ?? `${ownPrefix}${name}`,
    AuthenticationMethod: numberOf(authenticationMethods, authenticationWords[authentication]),
    EncryptionMethod: numberOf(encryptionMethods, encryptionWords[encryption]),
    SSID: ssid,
    Priority: priority,
    PSKPassPhrase: passphrase,
  };
  const { resourceUri } = wifiEndpointSettings;
  const which: Properties =
    heldId === undefined
      ? { WiFiEndpoint: endpoint }
      : { WiFiEndpointSettings: { resourceUri, selectors: { InstanceID: heldId } } };
  const method = heldId === undefined ? 'AddWiFiSettings' : 'UpdateWiFiSettings';
  const parameters = { ...which, WiFiEndpointSettingsInput: { resourceUri, properties } };
  const service = wifiPortConfigurationService.resourceUri;
  assertCompleted(await client.wsman.invoke(service, method, parameters, { signal }), method);
}

function assertPassphrase({ passphrase }: WirelessProfile): void {
  const length = passphrase?.reveal().length ?? 8;
  if (length >= 8 && length <= 63) return;
  throw new SidebandError('usage.invalid', 'the passphrase of a wireless network has 8 to 63 characters');
}
