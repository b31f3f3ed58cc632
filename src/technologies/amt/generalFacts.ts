import { environmentDetectionSettingData } from '../../protocols/amt/cim/environmentDetectionSettingData';
import { generalSettings } from '../../protocols/amt/cim/generalSettings';
import { wifiPort } from '../../protocols/amt/cim/wifiPort';
import { wifiPortConfigurationService } from '../../protocols/amt/cim/wifiPortConfigurationService';
import type { InstanceOf } from '../../protocols/wsman/cimClass';
import type { AmtClient } from './client';
import { readPowerSchemes } from './powerPackage';

type Value = string | number | boolean;
export interface GeneralFact {
  readonly setting: string;
  readonly value: Value | undefined;
}

/** The fields of AMT_GeneralSettings in the order in which people look for them. The power source changes by itself and is left out. */
const labels: Readonly<Partial<Record<keyof typeof generalSettings.fields, string>>> = {
  HostName: 'Host name',
  DomainName: 'Domain name',
  HostOSFQDN: 'Name of the operating system',
  SharedFQDN: 'Name shared with the operating system',
  IdleWakeTimeout: 'Idle time-out (min)',
  PingResponseEnabled: 'Ping response',
  RmcpPingResponseEnabled: 'RMCP ping response',
  NetworkInterfaceEnabled: 'Network interface',
  AMTNetworkEnabled: 'Network of the management engine',
  WsmanOnlyMode: 'WS-Management only',
  PrivacyLevel: 'Privacy level',
  PresenceNotificationInterval: 'Presence event every (min)',
  PreferredAddressFamily: 'Preferred addresses',
  DHCPSyncRequiresHostname: 'DHCP needs a host name',
  DHCPv6ConfigurationTimeout: 'DHCPv6 time-out (s)',
  DDNSUpdateEnabled: 'Dynamic DNS by the device',
  DDNSUpdateByDHCPServerEnabled: 'Dynamic DNS by the DHCP server',
  DDNSPeriodicUpdateInterval: 'Dynamic DNS every (min)',
  DDNSTTL: 'Dynamic DNS time to live (s)',
  ThunderboltDockEnabled: 'Thunderbolt dock',
  OemID: 'OEM',
  AMTSVN: 'Security version',
  DigestRealm: 'Digest realm',
};

/** What is set on the device as a whole. Properties that are not known here come last, under their own names. */
export async function readGeneralFacts(client: AmtClient, signal: AbortSignal): Promise<readonly GeneralFact[]> {
  const general = await client.get(generalSettings, signal);
  const facts = [
    ...knownFacts(general),
    ...(await powerFacts(client, signal)),
    ...(await environmentFacts(client, signal)),
    ...(await wirelessFacts(client, signal)),
    ...Object.entries(general.other).map(([setting, texts]) => ({ setting, value: texts.join(', ') })),
  ];
  return facts.filter(({ value }) => value !== undefined);
}

function knownFacts(general: InstanceOf<typeof generalSettings>): readonly GeneralFact[] {
  return Object.entries(labels).map(([field, setting]) => ({
    setting,
    value: general[field as keyof typeof labels],
  }));
}

async function powerFacts(client: AmtClient, signal: AbortSignal): Promise<readonly GeneralFact[]> {
  const schemes = await readPowerSchemes(client, signal);
  return [{ setting: 'Power package', value: schemes.find(({ isCurrent }) => isCurrent)?.description }];
}

async function environmentFacts(client: AmtClient, signal: AbortSignal): Promise<readonly GeneralFact[]> {
  const environment = await client.find(environmentDetectionSettingData, signal);
  if (!environment) return [];
  const places = [...environment.DetectionStrings, ...environment.DetectionIPv6LocalPrefixes];
  return [{ setting: 'At home in', value: places.join(', ') || 'every network' }];
}

async function wirelessFacts(client: AmtClient, signal: AbortSignal): Promise<readonly GeneralFact[]> {
  const port = await client.find(wifiPort, signal);
  const service = port && (await client.find(wifiPortConfigurationService, signal));
  return [
    { setting: 'Wireless', value: port?.EnabledState },
    { setting: 'Wireless profiles taken over', value: service?.localProfileSynchronizationEnabled },
    { setting: 'Wireless profiles for the firmware', value: service?.UEFIWiFiProfileShareEnabled },
  ];
}
