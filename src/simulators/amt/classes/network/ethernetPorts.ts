import { isIPv4 } from 'node:net';
import { raise } from '../../alerts';
import type { AmtDevice } from '../../device';
import { type AmtClass, type Context, type Output, perDevice } from '../../model/amtClass';
import { invalidValue, missingValue, refused } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import { keyText } from '../../model/selectors';
import type { Sent } from '../../model/sent';
import type { Properties } from '../../model/values';
import { Audit, auditLog } from '../auditLog';

/** The address of the simulated computer, and of its management engine as long as they share one. */
export const computerAddress = '192.168.0.51';

/** PT_STATUS of settings that contradict each other, and of texts that are no address or no mask. */
const invalidDhcpMode = 26;
const invalidAddress = 27;
const invalidMask = 37;

/** LinkPolicy: S0 on mains, Sx on mains, S0 on battery, Sx on battery. */
const linkPolicies: readonly number[] = [1, 14, 16, 224];
const staticNames = ['IPAddress', 'SubnetMask', 'DefaultGateway', 'PrimaryDNS', 'SecondaryDNS'] as const;
type StaticAddresses = Partial<Readonly<Record<(typeof staticNames)[number], string>>>;
const wiredId = 'Intel(r) AMT Ethernet Port Settings 0';
const wirelessId = 'Intel(r) AMT Ethernet Port Settings 1';

interface WiredSettings {
  readonly dhcp: boolean;
  readonly ipSync: boolean;
  readonly sharedStatic: boolean;
  readonly addresses: StaticAddresses;
  readonly linkPolicy: readonly number[];
  readonly vlan: number;
}

interface WirelessSettings {
  readonly linkPolicy: readonly number[];
  readonly retransmissions: number;
  /** 1 the management engine, 2 the computer. */
  readonly linkPreference: number;
  /** When the preference goes back to the computer, by the device's clock; absent: never. */
  readonly preferredUntil?: number;
  /** 0 overridden, 1 none, 2 passive, 3 high. */
  readonly protection: number;
}

/** What the network hands out by DHCP; like the recorded one, that of laptops has a single name server. */
function leased({ hardware }: AmtDevice): StaticAddresses {
  return {
    SubnetMask: '255.255.255.0',
    DefaultGateway: '192.168.0.1',
    PrimaryDNS: '192.168.0.2',
    ...(!hardware.hasWifi && { SecondaryDNS: '192.168.0.3' }),
  };
}

export const portSettings = perDevice((): { wired: WiredSettings; wireless: WirelessSettings } => ({
  wired: { dhcp: true, ipSync: true, sharedStatic: false, addresses: {}, linkPolicy: [1, 14], vlan: 0 },
  wireless: { linkPolicy: [], retransmissions: 5, linkPreference: 2, protection: 1 },
}));

export const ethernetPortSettings: AmtClass = {
  name: 'AMT_EthernetPortSettings',
  keys: ['InstanceID'],
  list: (device) => [describeWired(device), ...(device.hardware.hasWifi ? [describeWireless(device)] : [])],
  put(context, sent) {
    const { device, instance } = context;
    const own = portSettings(device);
    if (instance.InstanceID === wiredId) own.wired = readWired(sent);
    else own.wireless = readWireless(sent, own.wireless);
    auditLog(device).add(context, { app: Audit.network.app, event: Audit.network.addresses });
    raise(device, { messageId: 'iAMT0057' });
  },
  methods: {
    SetLinkPreference: setLinkPreference,
    CancelLinkProtection: (context) => protect(context, 0),
    RestoreLinkProtection: (context) => protect(context, 1),
  },
};

function describeWired(device: AmtDevice): Properties {
  const { dhcp, ipSync, sharedStatic, addresses, linkPolicy, vlan } = portSettings(device).wired;
  // While the operating system holds the lease the engine does not tell the address.
  const ownsAddress = !ipSync || !device.machine.isOn;
  const given = dhcp || ipSync ? { ...leased(device), ...(ownsAddress && { IPAddress: computerAddress }) } : addresses;
  return {
    ...given,
    DHCPEnabled: dhcp,
    ElementName: 'Intel(r) AMT Ethernet Port Settings',
    InstanceID: wiredId,
    IpSyncEnabled: ipSync,
    LinkIsUp: true,
    LinkPolicy: linkPolicy,
    MACAddress: dashed(device.mac),
    PhysicalConnectionType: 0,
    SharedDynamicIP: dhcp && ipSync,
    SharedMAC: true,
    SharedStaticIp: sharedStatic,
    VLANTag: vlan === 0 ? undefined : vlan,
  };
}

function describeWireless(device: AmtDevice): Properties {
  const { linkPolicy, retransmissions, linkPreference, preferredUntil, protection } = portSettings(device).wireless;
  const isOver = preferredUntil !== undefined && device.now() >= preferredUntil;
  const preference = isOver ? 2 : linkPreference;
  return {
    ConsoleTcpMaxRetransmissions: retransmissions,
    DHCPEnabled: true,
    ElementName: 'Intel(r) AMT Ethernet Port Settings',
    InstanceID: wirelessId,
    LinkControl: preference,
    LinkIsUp: false,
    LinkPolicy: linkPolicy,
    LinkPreference: preference,
    MACAddress: '00-00-00-00-00-00',
    PhysicalConnectionType: 3,
    SharedMAC: true,
    WLANLinkProtectionLevel: protection,
  };
}

/** What is not sent is not set any more. Addresses may only be sent when they are neither leased nor shared. */
function readWired(sent: Sent): WiredSettings {
  const dhcp = sent.requiredBoolean('DHCPEnabled');
  const ipSync = sent.boolean('IpSyncEnabled') ?? false;
  const sharedStatic = sent.boolean('SharedStaticIp') ?? false;
  const vlan = sent.integer('VLANTag') ?? 0;
  if (vlan < 0 || vlan > 0xffff) throw invalidValue();
  if (sharedStatic && (dhcp || !ipSync)) throw refused(invalidDhcpMode);
  const sentAddresses = staticNames.filter((name) => sent.has(name));
  if ((dhcp || ipSync) && sentAddresses.length > 0) throw refused(invalidDhcpMode);
  const addresses = Object.fromEntries(sentAddresses.map((name) => [name, sent.requiredText(name)])) as StaticAddresses;
  if (!dhcp && !ipSync) assertAddresses(addresses);
  return { dhcp, ipSync, sharedStatic, addresses, linkPolicy: readLinkPolicy(sent), vlan };
}

function assertAddresses(addresses: StaticAddresses): void {
  const { IPAddress, SubnetMask, ...others } = addresses;
  if (IPAddress === undefined || SubnetMask === undefined) throw missingValue();
  if (![IPAddress, ...Object.values(others)].every(isIPv4)) throw refused(invalidAddress);
  if (!isMask(SubnetMask)) throw refused(invalidMask);
}

/** Ones and then zeros. */
function isMask(text: string): boolean {
  if (!isIPv4(text)) return false;
  const bits = text.split('.').map((byte) => Number(byte).toString(2).padStart(8, '0'));
  return /^1+0*$/.test(bits.join(''));
}

function readWireless(sent: Sent, current: WirelessSettings): WirelessSettings {
  const protection = sent.integer('WLANLinkProtectionLevel') ?? current.protection;
  const retransmissions = sent.integer('ConsoleTcpMaxRetransmissions') ?? current.retransmissions;
  if (protection < 0 || protection > 3 || retransmissions < 0) throw invalidValue();
  if (!sent.requiredBoolean('DHCPEnabled')) throw refused(PtStatus.unsupported);
  return { ...current, linkPolicy: readLinkPolicy(sent), protection, retransmissions };
}

function readLinkPolicy(sent: Sent): readonly number[] {
  const policy = sent.integers('LinkPolicy');
  if (policy.some((one) => !linkPolicies.includes(one))) throw invalidValue();
  return policy;
}

/** Timeout in seconds; 0 has no end. */
function setLinkPreference({ device, instance }: Context, input: Sent): Output {
  const preference = input.requiredInteger('LinkPreference');
  const seconds = input.requiredInteger('Timeout');
  if (keyText(instance, 'InstanceID') !== wirelessId) return PtStatus.unsupported;
  if ((preference !== 1 && preference !== 2) || seconds < 0) return PtStatus.invalidParameter;
  const { preferredUntil: _, ...rest } = portSettings(device).wireless;
  const until = seconds > 0 ? { preferredUntil: device.now() + seconds * 1000 } : {};
  portSettings(device).wireless = { ...rest, linkPreference: preference, ...until };
  raise(device, { messageId: 'iAMT0066', messageArguments: [preference === 1 ? '1' : '0'] });
  return PtStatus.success;
}

function protect({ device, instance }: Context, protection: 0 | 1): Output {
  if (keyText(instance, 'InstanceID') !== wirelessId) return PtStatus.unsupported;
  portSettings(device).wireless = { ...portSettings(device).wireless, protection };
  return PtStatus.success;
}

function dashed(bytes: Buffer): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('-');
}
