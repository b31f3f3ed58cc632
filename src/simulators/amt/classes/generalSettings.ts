import type { AmtDevice } from '../device';
import { type AmtArea, type AmtClass, perDevice } from '../model/amtClass';
import { invalidValue } from '../model/fault';
import type { Sent } from '../model/sent';

/** What of AMT_GeneralSettings may be set. */
export interface GeneralSettings {
  readonly networkEnabled: 0 | 1;
  readonly dnsUpdateMinutes: number;
  readonly dnsTtlSeconds: number;
  readonly dnsUpdateByDhcp: boolean;
  readonly dnsUpdate: boolean;
  readonly dhcpSyncRequiresHostname: number;
  readonly dhcpv6TimeoutSeconds: number;
  readonly domain: string;
  readonly hostName: string;
  readonly idleWakeMinutes: number;
  readonly pingResponse: boolean;
  readonly addressFamily: 0 | 1;
  readonly presenceMinutes: number;
  readonly rmcpPingResponse: boolean;
  readonly sharedName: boolean;
  readonly thunderboltDock: number;
  readonly wsmanOnly: boolean;
}

const name = 'Intel(r) AMT: General Settings';

export const generalSettings = perDevice(({ options }): { current: GeneralSettings } => ({
  current: {
    networkEnabled: 1,
    dnsUpdateMinutes: 1440,
    dnsTtlSeconds: 900,
    dnsUpdateByDhcp: true,
    dnsUpdate: false,
    dhcpSyncRequiresHostname: 1,
    dhcpv6TimeoutSeconds: 0,
    domain: '',
    hostName: options.hostName ?? '',
    idleWakeMinutes: 1,
    pingResponse: true,
    addressFamily: 0,
    presenceMinutes: 0,
    rmcpPingResponse: true,
    sharedName: true,
    thunderboltDock: 0,
    wsmanOnly: false,
  },
}));

const settings: AmtClass = {
  name: 'AMT_GeneralSettings',
  keys: ['InstanceID'],
  list: (device) => [describe(device)],
  put({ device }, sent) {
    const own = generalSettings(device);
    own.current = read(sent, own.current);
    if (own.current.networkEnabled === 0) device.goDark();
  },
};

/** The name and the manners of the management engine on the network. */
export const general: AmtArea = { classes: [settings] };

function describe(device: AmtDevice) {
  const { current } = generalSettings(device);
  return {
    AMTNetworkEnabled: current.networkEnabled,
    DDNSPeriodicUpdateInterval: current.dnsUpdateMinutes,
    DDNSTTL: current.dnsTtlSeconds,
    DDNSUpdateByDHCPServerEnabled: current.dnsUpdateByDhcp,
    DDNSUpdateEnabled: current.dnsUpdate,
    DHCPSyncRequiresHostname: device.has('dhcpSyncRequiresHostname') ? current.dhcpSyncRequiresHostname : undefined,
    DHCPv6ConfigurationTimeout: current.dhcpv6TimeoutSeconds,
    DigestRealm: device.digestRealm,
    DomainName: current.domain,
    ElementName: name,
    HostName: current.hostName,
    HostOSFQDN: device.machine.hasLms && device.machine.isOn ? (device.options.hostName ?? '') : '',
    IdleWakeTimeout: current.idleWakeMinutes,
    InstanceID: name,
    NetworkInterfaceEnabled: true,
    PingResponseEnabled: current.pingResponse,
    PowerSource: 0,
    PreferredAddressFamily: current.addressFamily,
    PresenceNotificationInterval: current.presenceMinutes,
    PrivacyLevel: 0,
    RmcpPingResponseEnabled: current.rmcpPingResponse,
    SharedFQDN: current.sharedName,
    ThunderboltDockEnabled: device.has('thunderboltDock') ? current.thunderboltDock : undefined,
    WsmanOnlyMode: current.wsmanOnly,
  };
}

function read(sent: Sent, old: GeneralSettings): GeneralSettings {
  return {
    networkEnabled: bit(sent.integer('AMTNetworkEnabled') ?? old.networkEnabled),
    dnsUpdateMinutes: offOrFrom(20, 65_535, sent.integer('DDNSPeriodicUpdateInterval') ?? old.dnsUpdateMinutes),
    dnsTtlSeconds: between(0, 0xffff_ffff, sent.integer('DDNSTTL') ?? old.dnsTtlSeconds),
    dnsUpdateByDhcp: sent.boolean('DDNSUpdateByDHCPServerEnabled') ?? old.dnsUpdateByDhcp,
    dnsUpdate: sent.boolean('DDNSUpdateEnabled') ?? old.dnsUpdate,
    dhcpSyncRequiresHostname: between(0, 1, sent.integer('DHCPSyncRequiresHostname') ?? old.dhcpSyncRequiresHostname),
    dhcpv6TimeoutSeconds: between(0, 0xffff, sent.integer('DHCPv6ConfigurationTimeout') ?? old.dhcpv6TimeoutSeconds),
    domain: upTo(191, sent.text('DomainName') ?? old.domain),
    hostName: upTo(63, sent.text('HostName') ?? old.hostName),
    idleWakeMinutes: between(1, 65_535, sent.integer('IdleWakeTimeout') ?? old.idleWakeMinutes),
    pingResponse: sent.requiredBoolean('PingResponseEnabled'),
    addressFamily: bit(sent.integer('PreferredAddressFamily') ?? old.addressFamily),
    presenceMinutes: offOrFrom(15, 65_535, sent.integer('PresenceNotificationInterval') ?? old.presenceMinutes),
    rmcpPingResponse: sent.boolean('RmcpPingResponseEnabled') ?? old.rmcpPingResponse,
    sharedName: sent.boolean('SharedFQDN') ?? old.sharedName,
    thunderboltDock: between(0, 1, sent.integer('ThunderboltDockEnabled') ?? old.thunderboltDock),
    wsmanOnly: sent.requiredBoolean('WsmanOnlyMode'),
  };
}

function bit(value: number): 0 | 1 {
  if (value !== 0 && value !== 1) throw invalidValue();
  return value;
}

function between(least: number, most: number, value: number): number {
  if (value < least || value > most) throw invalidValue();
  return value;
}

function offOrFrom(least: number, most: number, value: number): number {
  return value === 0 ? 0 : between(least, most, value);
}

function upTo(most: number, text: string): string {
  if (text.length > most) throw invalidValue();
  return text;
}
