import { amt } from '../../technologies/amt/amt';
import { ipv6Text, type NetworkFacts, readNetworkFacts } from '../../technologies/amt/networkFacts';
import { defineNode, type Row } from '../node';

export const amtNetworkSettings = defineNode(
  {
    id: 'amt-network-settings',
    title: 'AMT Network Settings',
    description: 'How the network ports of Intel AMT are set up: addresses, VLAN, and when the link is up.',
    path: ['AMT'],
    kind: 'audit',
    columns: [
      'Port',
      'Connection',
      'Link',
      'MAC address',
      'DHCP',
      'IP synchronisation',
      'Address',
      'Subnet mask',
      'Gateway',
      'DNS',
      'VLAN',
      'Link policy',
      'Link preference',
      'Link owner',
      'IPv6 addresses',
      'IPv6 router',
      'IPv6 DNS',
    ],
    volatile: ['Link', 'Link owner'],
  },
  (from) => [from(amt, async (client, { signal }) => (await readNetworkFacts(client, signal)).map(rowOf))],
);

function rowOf({ port, settings, ipv6 }: NetworkFacts): Row {
  const { LinkIsUp, PrimaryDNS, SecondaryDNS } = settings;
  const link = LinkIsUp === true ? 'up' : 'down';
  const dns = [PrimaryDNS, SecondaryDNS].filter((address) => address !== undefined && address !== '').join(', ');
  return [
    port,
    settings.PhysicalConnectionType ?? null,
    LinkIsUp === undefined ? null : link,
    settings.MACAddress?.replaceAll('-', ':') ?? null,
    settings.DHCPEnabled ?? null,
    settings.IpSyncEnabled ?? null,
    settings.IPAddress ?? null,
    settings.SubnetMask ?? null,
    settings.DefaultGateway ?? null,
    dns || null,
    settings.VLANTag ?? null,
    settings.LinkPolicy.join(', ') || null,
    settings.LinkPreference ?? null,
    settings.LinkControl ?? null,
    [ipv6Text(ipv6?.IPv6Address), ...(ipv6?.CurrentAddressInfo ?? [])].filter((one) => one !== '').join(', ') || null,
    ipv6Text(ipv6?.DefaultRouter, ipv6?.CurrentDefaultRouter) || null,
    ipv6Text(ipv6?.PrimaryDNS, ipv6?.SecondaryDNS, ipv6?.CurrentPrimaryDNS, ipv6?.CurrentSecondaryDNS) || null,
  ];
}
