import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import type { AmtClient } from '../../technologies/amt/client';
import {
  findPort,
  linkPolicyNames,
  networkPorts,
  networkSettings,
  type NetworkSettings,
} from '../../technologies/amt/networkSettings';
import type { SettingsGroup, Some } from '../../technologies/amt/settingsGroup';
import { bringTo } from '../bringTo';
import { listOf } from '../listOf';
import { defineOperation, type StepResult, type WayContext } from '../operation';

const ownAddress = ['address', 'mask', 'gateway', 'dns1', 'dns2'] as const;

const parameters = z
  .strictObject({
    port: z.enum(networkPorts).default('wired').describe('Which of the device’s network ports'),
    dhcp: z.boolean().optional().describe('Whether the device gets its address by DHCP'),
    ipSync: z.boolean().optional().describe('Whether the device uses the address of the operating system'),
    address: z.ipv4().optional().describe('An address of the device’s own, without DHCP and synchronisation'),
    mask: z.ipv4().optional().describe('The subnet mask of that address'),
    gateway: z.ipv4().optional().describe('The default gateway for that address'),
    dns1: z.ipv4().optional().describe('The first name server for that address'),
    dns2: z.ipv4().optional().describe('The second name server for that address'),
    vlan: z.int().min(0).max(4094).optional().describe('The VLAN that the device is in; 0: none'),
    linkPolicy: listOf(z.enum(linkPolicyNames))
      .transform((given) => linkPolicyNames.filter((name) => given.includes(name)))
      .optional()
      .describe(
        'When the link is up for the device: running (s0) or asleep and off (sx), on mains (ac) or battery (dc)',
      ),
    linkPreference: z
      .enum(['management-engine', 'host'])
      .optional()
      .describe('Who has the wireless link: the management engine for a while, or the operating system'),
    preferenceSeconds: z
      .int()
      .min(1)
      .max(65_535)
      .default(300)
      .describe('After how many seconds the wireless link goes back to the operating system')
      .meta({ advanced: true }),
  })
  .superRefine(({ port: _, preferenceSeconds: __, ...given }, context) => {
    const mistake = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (Object.values(given).every((value) => value === undefined))
      mistake('port', 'and at least one setting is expected');
    const own = ownAddress.find((name) => given[name] !== undefined);
    if (own && (given.dhcp === true || given.ipSync === true)) {
      mistake(own, 'an address of its own excludes DHCP and synchronisation');
    }
    const isOwn = own !== undefined || (given.dhcp === false && given.ipSync !== true);
    if (isOwn && (given.address === undefined || given.mask === undefined)) {
      mistake('address', 'address and mask are expected without DHCP and synchronisation');
    }
  });
type Parameters = z.output<typeof parameters>;

export const amtNetwork = defineOperation(
  {
    id: 'amt.network',
    title: 'AMT Network',
    description: 'Changes the address, VLAN and link of a device in the network; what is not given stays as it is.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters,
    example: { dhcp: true },
    leavesRest: true,
    then: (given) => `${given.port}: ${settingsOf(given).describe(wantedOf(given)).join(', ')}`,
    warnings: ({ linkPreference }) => [
      'The change may cut the connection. An address or VLAN in which nobody reaches the device cannot be corrected from outside.',
      ...(linkPreference === 'management-engine'
        ? ['The operating system loses its wireless network while the management engine has the link.']
        : []),
    ],
  },
  (via) => [
    via(amt, {
      now: async (client, { signal }, given) => {
        const held = await settingsOf(given).now(client, wantedOf(given), signal);
        return `${given.port}: ${held.join(', ')}`;
      },
      lacks: lacksPort,
      run: bringNetworkTo,
    }),
  ],
);

/** An address of its own is without DHCP and synchronisation, also when that is not said. */
function wantedOf({ port: _, preferenceSeconds: __, ...given }: Parameters): Some<NetworkSettings> {
  return given.address === undefined ? given : { ...given, dhcp: false, ipSync: false };
}

function settingsOf({ port, preferenceSeconds }: Parameters): SettingsGroup<NetworkSettings> {
  return networkSettings(port, { preferenceSeconds });
}

async function lacksPort(
  client: AmtClient,
  { port, linkPreference }: Parameters,
  { signal }: WayContext,
): Promise<string | undefined> {
  const held = await findPort(client, port, signal);
  if (!held) return `it has no ${port} network port`;
  const hasPreference = linkPreference === undefined || held.LinkPreference !== undefined;
  return hasPreference ? undefined : `nobody can be preferred for the link of its ${port} port`;
}

function bringNetworkTo(client: AmtClient, given: Parameters, { signal }: WayContext): Promise<StepResult> {
  const settings = settingsOf(given);
  const wanted = wantedOf(given);
  return bringTo((stop) => settings.differences(client, wanted, stop), signal, {
    answers: 'may be lost',
    value: { port: given.port, settings: settings.describe(wanted) },
  });
}
