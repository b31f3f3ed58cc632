import { amtClass, boolean, integer, list, named, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

const linkOwners = { 1: 'management engine', 2: 'host' } as const;
export const linkPolicies = { 1: 'S0 AC', 14: 'Sx AC', 16: 'S0 DC', 224: 'Sx DC' } as const;
const connectionTypes = {
  0: 'integrated LAN',
  1: 'discrete LAN',
  2: 'LAN of a Thunderbolt dock',
  3: 'wireless',
} as const;
const media = { 0: 'SMBus', 1: 'PCIe' } as const;
const linkProtections = { 0: 'override', 1: 'none', 2: 'passive', 3: 'high' } as const;

/** The device's address in the network: `Intel(r) AMT Ethernet Port Settings 0` is wired, 1 wireless. */
export const ethernetPortSettings = amtClass('AMT_EthernetPortSettings', {
  ...settingData,
  ConsoleTcpMaxRetransmissions: integer,
  DHCPEnabled: boolean,
  DefaultGateway: text,
  IPAddress: text,
  /** The address follows the operating system's. */
  IpSyncEnabled: boolean,
  LinkControl: named(linkOwners),
  LinkIsUp: boolean,
  /** When the link is up for the device. */
  LinkPolicy: list(named(linkPolicies)),
  LinkPreference: named(linkOwners),
  MACAddress: text,
  PhysicalConnectionType: named(connectionTypes),
  PhysicalNicMedium: named(media),
  PrimaryDNS: text,
  SecondaryDNS: text,
  SharedDynamicIP: boolean,
  SharedMAC: boolean,
  SharedStaticIp: boolean,
  SubnetMask: text,
  VLANTag: integer,
  WLANLinkProtectionLevel: named(linkProtections),
});
