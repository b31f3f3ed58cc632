import { amtClass, boolean, integer, named, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

const networkStates = { 0: 'off', 1: 'on' } as const;
const flags = { 0: 'no', 1: 'yes' } as const;
const powerSources = { 0: 'AC', 1: 'DC' } as const;
const addressFamilies = { 0: 'IPv4', 1: 'IPv6' } as const;
const privacyLevels = { 0: 'default', 1: 'enhanced', 2: 'extreme' } as const;

/** Names, addresses and time-outs of the device as a whole. */
export const generalSettings = amtClass('AMT_GeneralSettings', {
  ...settingData,
  /** `off` cannot be undone from outside. */
  AMTNetworkEnabled: named(networkStates),
  AMTSVN: integer,
  /** Minutes; 0 never, otherwise at least 20. */
  DDNSPeriodicUpdateInterval: integer,
  /** Seconds. */
  DDNSTTL: integer,
  DDNSUpdateByDHCPServerEnabled: boolean,
  DDNSUpdateEnabled: boolean,
  DHCPSyncRequiresHostname: named(flags),
  /** Seconds; 0 for ever. */
  DHCPv6ConfigurationTimeout: integer,
  /** Unique to this installation of AMT. */
  DigestRealm: text,
  DomainName: text,
  HostName: text,
  HostOSFQDN: text,
  /** Minutes that the management engine stays awake after the last activity. */
  IdleWakeTimeout: integer,
  NetworkInterfaceEnabled: boolean,
  OemID: text,
  PingResponseEnabled: boolean,
  PowerSource: named(powerSources),
  PreferredAddressFamily: named(addressFamilies),
  /** Minutes; 0 off, otherwise at least 15. */
  PresenceNotificationInterval: integer,
  PrivacyLevel: named(privacyLevels),
  RmcpPingResponseEnabled: boolean,
  SharedFQDN: boolean,
  ThunderboltDockEnabled: named(flags),
  WsmanOnlyMode: boolean,
});
