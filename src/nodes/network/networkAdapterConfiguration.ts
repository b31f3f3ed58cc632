import { ipmi } from '../../technologies/ipmi/ipmi';
import { readLan, type SuiteAccess } from '../../technologies/ipmi/lan';
import { defineNode } from '../node';

export const networkAdapterConfiguration = defineNode(
  {
    id: 'network-adapter-configuration',
    title: 'Network Adapter Configuration',
    description: 'Addresses, gateway and VLAN of each LAN channel of the controller, and the logins that it accepts.',
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
  ],
);

function suiteText({ id, privilege }: SuiteAccess): string {
  return privilege === undefined ? String(id) : `${id} ${privilege}`;
}

/** Suite 0 asks for no password at all, and most controllers came with it. */
function warningFor(suites: readonly SuiteAccess[]): string | null {
  const zero = suites.find(({ id }) => id === 0);
  if (zero?.privilege === undefined || zero.privilege === 'unused') return null;
  return `cipher suite 0 lets anybody log in as ${zero.privilege} without a password`;
}
