import { amt } from '../../technologies/amt/amt';
import { type PortFacts, readPorts } from '../../technologies/amt/inventory';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { readLan, type SuiteAccess } from '../../technologies/ipmi/lan';
import { defineNode, type Row } from '../node';

export const networkAdapterConfiguration = defineNode(
  {
    id: 'network-adapter-configuration',
    title: 'Network Adapter Configuration',
    description:
      'Addresses, gateway and VLAN of each LAN channel or adapter of the controller, and the logins that it accepts.',
    path: ['Network'],
    kind: 'audit',
    columns: [
      'Channel',
      'MAC address',
      'Source',
      'IPv4 address',
      'Subnet mask',
      'Gateway',
      'VLAN',
      'Addressing',
      'IPv6 addresses',
      'IPv6 router',
      'Cipher suites',
      'Warning',
    ],
    volatile: [],
  },
  (from) => [
    from(ipmi, async (client, { signal }) => {
      const channels = await readLan(client, signal);
      return channels.map((lan) => [
        lan.channel,
        lan.mac ?? null,
        lan.source ?? null,
        lan.address ?? null,
        lan.mask ?? null,
        lan.gateway ?? null,
        lan.vlan ?? null,
        lan.ipv6 ?? null,
        lan.ipv6Addresses.join(', ') || null,
        lan.ipv6Router ?? null,
        lan.suites.map(suiteText).join(', ') || null,
        warningFor(lan.suites),
      ]);
    }),
    from(amt, async (client, { signal }) => (await readPorts(client, signal)).map(amtRow)),
  ],
);

function amtRow({ name, settings }: PortFacts): Row {
  const { MACAddress, DHCPEnabled, IPAddress, SubnetMask, DefaultGateway, VLANTag } = settings;
  const source = DHCPEnabled ? 'DHCP' : 'static';
  const addresses = [IPAddress, SubnetMask, DefaultGateway].map((address) => address ?? null);
  const vlan = typeof VLANTag === 'number' && VLANTag > 0 ? VLANTag : null;
  return [name, MACAddress?.replaceAll('-', ':') ?? null, source, ...addresses, vlan, null, null, null, null, null];
}

function suiteText({ id, privilege }: SuiteAccess): string {
  return privilege === undefined ? String(id) : `${id} ${privilege}`;
}

/** Suite 0 asks for no password at all, and most controllers came with it. */
function warningFor(suites: readonly SuiteAccess[]): string | null {
  const zero = suites.find(({ id }) => id === 0);
  if (zero?.privilege === undefined || zero.privilege === 'unused') return null;
  return `cipher suite 0 lets anybody log in as ${zero.privilege} without a password`;
}
