import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import type { AmtClient } from '../../technologies/amt/client';
import {
  type Authentication,
  authentications,
  describeProfile,
  describeWantedProfile,
  type Encryption,
  encryptions,
  findProfile,
  holderOf,
  profileDifferences,
  profileRemovals,
  readWirelessProfiles,
  type WirelessProfile,
} from '../../technologies/amt/wirelessProfiles';
import { radioStates, synchronisations, wirelessSettings } from '../../technologies/amt/wirelessSettings';
import type { Difference } from '../../technologies/difference';
import { bringTo } from '../bringTo';
import { defineOperation, type StepResult, type WayContext } from '../operation';

const usualEncryption: Readonly<Record<Authentication, Encryption>> = {
  open: 'none',
  'wpa-psk': 'tkip',
  'wpa2-psk': 'ccmp',
  'wpa3-sae': 'ccmp',
  'wpa3-owe': 'ccmp',
};
const withPassphrase = new Set<Authentication>(['wpa-psk', 'wpa2-psk', 'wpa3-sae']);

const parameters = z
  .strictObject({
    profile: z.string().min(1).max(32).optional().describe('The name of the wireless profile to set or remove'),
    action: z
      .enum(['set', 'remove'])
      .default('set')
      .describe('Add the profile or change it, or take it away; those of the operating system are left alone'),
    ssid: z.string().min(1).max(32).optional().describe('The name of the network; left out: that of the profile'),
    priority: z
      .int()
      .min(1)
      .max(255)
      .optional()
      .describe(
        'Of the networks in reach that with the lowest is taken; left out: as it is, or the lowest that is free',
      ),
    authentication: z.enum(authentications).default('wpa2-psk').describe('How computers log in to the network'),
    encryption: z.enum(encryptions).optional().describe('Left out: what is usual for the login'),
    passphraseOf: z
      .string()
      .min(1)
      .optional()
      .describe('The profile of the fleet under whose name the network’s passphrase is stored'),
    anew: z
      .boolean()
      .default(false)
      .describe('Write the profile even when all that can be read of it is right: a passphrase cannot be read'),
    radio: z
      .enum(radioStates)
      .optional()
      .describe('When the device uses the wireless network: never, while the computer runs, or also while it sleeps'),
    synchronisation: z
      .enum(synchronisations)
      .optional()
      .describe('Which profiles of the operating system the device takes over'),
  })
  .superRefine(({ profile, action, authentication, passphraseOf, radio, synchronisation }, context) => {
    const mistake = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (profile === undefined && radio === undefined && synchronisation === undefined) {
      mistake('profile', 'a profile, radio or synchronisation is expected');
    }
    if (profile === undefined || action === 'remove') return;
    const needs = withPassphrase.has(authentication);
    if (needs !== (passphraseOf !== undefined)) {
      mistake('passphraseOf', `${authentication} ${needs ? 'needs a passphrase' : 'has no passphrase'}`);
    }
  });
type Parameters = z.output<typeof parameters>;

export const amtWireless = defineOperation(
  {
    id: 'amt.wireless',
    title: 'AMT Wireless',
    description: 'Sets or removes a wireless profile of Intel AMT, and when and by which profiles it uses the network.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters,
    example: { profile: 'office', passphraseOf: 'office' },
    secrets: ({ passphraseOf }) => (passphraseOf === undefined ? [] : [passphraseOf]),
    then: (given) => {
      const wanted = given.action === 'set' ? describeWantedProfile(profileOf(given)) : undefined;
      return [...profileText(given, wanted), ...wirelessSettings.describe(settingsOf(given))].join('; ');
    },
    warnings: ({ radio }) =>
      radio === 'off'
        ? ['Devices that are connected by their wireless network only can then no longer be reached.']
        : [],
  },
  (via) => [via(amt, { now: readWireless, lacks: lacksWireless, run: bringWirelessTo })],
);

async function readWireless(client: AmtClient, { signal }: WayContext, given: Parameters): Promise<string> {
  const held = given.profile === undefined ? undefined : await findProfile(client, given.profile, signal);
  const settings = await wirelessSettings.now(client, settingsOf(given), signal);
  const shown = held && { ...held, priority: given.priority === undefined ? undefined : held.priority };
  return [...profileText(given, shown && describeProfile(shown)), ...settings].join('; ');
}

async function lacksWireless(
  client: AmtClient,
  { profile, action, priority }: Parameters,
  { signal }: WayContext,
): Promise<string | undefined> {
  if (!(await client.capabilities(signal)).wireless) return 'it has no wireless network';
  if (profile === undefined) return undefined;
  const held = await readWirelessProfiles(client, signal);
  if (action === 'remove') {
    const isOfHostOnly =
      held.some((one) => one.name === profile) && held.every((one) => one.name !== profile || one.isOfHost);
    return isOfHostOnly ? `its profile ${profile} belongs to the operating system` : undefined;
  }
  const other = holderOf(priority, held);
  if (!other || (other.name === profile && !other.isOfHost)) return undefined;
  return `the priority ${priority ?? ''} is that of its profile ${other.name}`;
}

async function bringWirelessTo(client: AmtClient, given: Parameters, context: WayContext): Promise<StepResult> {
  const { profile, action, passphraseOf } = given;
  const passphrase = passphraseOf === undefined ? undefined : await context.secret(passphraseOf);
  const wanted = { ...profileOf(given), ...(passphrase && { passphrase }) };
  let anew = given.anew;
  const ofProfile = (signal: AbortSignal): Promise<readonly Difference[]> => {
    if (profile === undefined) return Promise.resolve([]);
    if (action === 'remove') return profileRemovals(client, profile, signal);
    const differences = profileDifferences(client, wanted, { anew, signal });
    anew = false;
    return differences;
  };
  const differences = async (signal: AbortSignal): Promise<readonly Difference[]> => [
    ...(await ofProfile(signal)),
    ...(await wirelessSettings.differences(client, settingsOf(given), signal)),
  ];
  return bringTo(differences, context.signal, {
    ...(passphrase && { note: 'Whether the passphrase is the right one cannot be read back.' }),
  });
}

function settingsOf({ radio, synchronisation }: Parameters): Pick<Parameters, 'radio' | 'synchronisation'> {
  return { radio, synchronisation };
}

function profileOf({
  profile = '',
  ssid = profile,
  priority,
  authentication,
  encryption,
}: Parameters): WirelessProfile {
  return { name: profile, ssid, priority, authentication, encryption: encryption ?? usualEncryption[authentication] };
}

function profileText({ profile }: Parameters, description: string | undefined): readonly string[] {
  if (profile === undefined) return [];
  return [description === undefined ? `no profile ${profile}` : `profile ${profile}: ${description}`];
}
