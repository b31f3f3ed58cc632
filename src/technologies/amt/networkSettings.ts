import { SidebandError } from '../../base/errors';
import { ethernetPortSettings, linkPolicies } from '../../protocols/amt/cim/ethernetPortSettings';
import { assertCompleted } from '../../protocols/amt/returnValue';
import { type InstanceOf, numberOf } from '../../protocols/wsman/cimClass';
import type { Instance } from '../../protocols/wsman/instance';
import type { Properties } from '../../protocols/wsman/values';
import type { AmtClient } from './client';
import { rewrite } from './rewrite';
import { onOff, type SettingsGroup, settingsGroup, type Some, together } from './settingsGroup';

/** The device has one instance of settings for each. */
export const networkPorts = ['wired', 'wireless'] as const;
export type NetworkPort = (typeof networkPorts)[number];

const instanceIds = {
  wired: 'Intel(r) AMT Ethernet Port Settings 0',
  wireless: 'Intel(r) AMT Ethernet Port Settings 1',
} as const satisfies Record<NetworkPort, string>;

/** S0 is a running computer, Sx one that sleeps or is off; AC is mains, DC the battery. */
export const linkPolicyNames = ['s0-ac', 'sx-ac', 's0-dc', 'sx-dc'] as const;
export type LinkPolicy = (typeof linkPolicyNames)[number];
const policyWords = { 's0-ac': 'S0 AC', 'sx-ac': 'Sx AC', 's0-dc': 'S0 DC', 'sx-dc': 'Sx DC' } as const;

export interface NetworkSettings {
  readonly dhcp: boolean;
  /** The device uses the address of the operating system. */
  readonly ipSync: boolean;
  readonly address: string;
  readonly mask: string;
  readonly gateway: string;
  readonly dns1: string;
  readonly dns2: string;
  /** 0: none. */
  readonly vlan: number;
  /** When the link is up for the device, in the order of the names. */
  readonly linkPolicy: readonly LinkPolicy[];
  /** Who has the wireless link, of the wireless port only. */
  readonly linkPreference: 'management-engine' | 'host';
}

type PortSettings = Omit<NetworkSettings, 'linkPreference'>;

/** Only of an address that the device has for itself. */
const ownAddress = {
  address: 'IPAddress',
  mask: 'SubnetMask',
  gateway: 'DefaultGateway',
  dns1: 'PrimaryDNS',
  dns2: 'SecondaryDNS',
} as const;

/** The settings of a port. `preferenceSeconds`: how long the management engine keeps a link that it is given. */
export function networkSettings(
  port: NetworkPort,
  { preferenceSeconds }: { readonly preferenceSeconds: number },
): SettingsGroup<NetworkSettings> {
  return together<NetworkSettings>([portSettings(port), linkPreference(port, preferenceSeconds)]);
}

/** The device's settings of a port, or nothing where it does not have one. */
export async function findPort(
  client: AmtClient,
  port: NetworkPort,
  signal: AbortSignal,
): Promise<InstanceOf<typeof ethernetPortSettings> | undefined> {
  const ports = await client.list(ethernetPortSettings, signal);
  return ports.find(({ InstanceID }) => InstanceID === instanceIds[port]);
}

function portSettings(port: NetworkPort): SettingsGroup<PortSettings> {
  return settingsGroup<PortSettings>({
    words: {
      dhcp: onOff('DHCP'),
      ipSync: onOff('IP synchronisation'),
      address: (address) => `address ${address}`,
      mask: (mask) => `mask ${mask}`,
      gateway: (address) => `gateway ${address}`,
      dns1: (address) => `DNS ${address}`,
      dns2: (address) => `second DNS ${address}`,
      vlan: (tag) => (tag === 0 ? 'no VLAN' : `VLAN ${tag}`),
      linkPolicy: (names) => `link in ${names.join(', ') || 'no state'}`,
    },
    async read(client, signal) {
      const held = await getPort(client, port, signal);
      const { LinkPolicy: policies } = held;
      return {
        dhcp: held.DHCPEnabled,
        ipSync: held.IpSyncEnabled,
        address: held.IPAddress,
        mask: held.SubnetMask,
        gateway: held.DefaultGateway,
        dns1: held.PrimaryDNS,
        dns2: held.SecondaryDNS,
        vlan: held.VLANTag ?? 0,
        linkPolicy: linkPolicyNames.filter((name) => policies.includes(policyWords[name])),
      };
    },
    write: (client, wanted, signal) =>
      rewrite(client, ethernetPortSettings, (held) => changed(held, wanted), {
        selectors: { InstanceID: instanceIds[port] },
        signal,
      }),
  });
}

/** A device takes an address of its own only without DHCP and synchronisation; otherwise it refuses even the one that it told. */
function changed(held: Instance, wanted: Some<PortSettings>): Instance {
  const { linkPolicy, vlan } = wanted;
  const { DHCPEnabled: heldDhcp, IpSyncEnabled: heldIpSync } = ethernetPortSettings.decode(held);
  const dhcp = wanted.dhcp ?? heldDhcp;
  const ipSync = wanted.ipSync ?? heldIpSync;
  const isOwn = dhcp !== true && ipSync !== true;
  const addresses = Object.entries(ownAddress).map(([setting, property]) => {
    const value = wanted[setting as keyof typeof ownAddress];
    return [property, isOwn ? (value ?? held.text(property)) : undefined] as const;
  });
  const changes: Properties = {
    ...Object.fromEntries(addresses),
    DHCPEnabled: dhcp,
    ...(ipSync !== undefined && { IpSyncEnabled: ipSync }),
    // Of a static address that the operating system has, too.
    ...(held.text('SharedStaticIp') !== undefined && { SharedStaticIp: ipSync === true && dhcp !== true }),
    ...(vlan !== undefined && { VLANTag: vlan }),
    ...(linkPolicy && { LinkPolicy: linkPolicy.map((name) => numberOf(linkPolicies, policyWords[name])) }),
  };
  return held.with(changes);
}

function linkPreference(
  port: NetworkPort,
  preferenceSeconds: number,
): SettingsGroup<Pick<NetworkSettings, 'linkPreference'>> {
  return settingsGroup<Pick<NetworkSettings, 'linkPreference'>>({
    words: { linkPreference: (owner) => `link preferred by ${owner}` },
    async read(client, signal) {
      const { LinkPreference: owner } = await getPort(client, port, signal);
      if (owner === 'host') return { linkPreference: 'host' };
      return owner === 'management engine' ? { linkPreference: 'management-engine' } : {};
    },
    async write(client, { linkPreference: owner }, signal) {
      const parameters =
        owner === 'management-engine' ? { LinkPreference: 1, Timeout: preferenceSeconds } : { LinkPreference: 2 };
      const options = { selectors: { InstanceID: instanceIds[port] }, signal };
      const { resourceUri } = ethernetPortSettings;
      assertCompleted(
        await client.wsman.invoke(resourceUri, 'SetLinkPreference', parameters, options),
        'SetLinkPreference',
      );
    },
  });
}

async function getPort(
  client: AmtClient,
  port: NetworkPort,
  signal: AbortSignal,
): Promise<InstanceOf<typeof ethernetPortSettings>> {
  const held = await findPort(client, port, signal);
  if (held) return held;
  throw new SidebandError('device.unsupported', `it has no ${port} network port`);
}
