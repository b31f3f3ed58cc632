import { type Direction, isEtherMatch } from '../../../fleet/filters/filterSet';
import { generalSystemDefenseCapabilities } from '../../../protocols/amt/cim/generalSystemDefenseCapabilities';
import { networkPortSystemDefenseCapabilities } from '../../../protocols/amt/cim/networkPortSystemDefenseCapabilities';
import type { InstanceOf } from '../../../protocols/wsman/cimClass';
import type { AmtClient } from '../client';
import { leftoversOf, without } from './leftovers';
import type { DefensePolicy } from './policy';
import { type DefenseState, doesTheSame, onWiredPort, readDefense } from './state';

/** Why a device has no System Defense at all; nothing when it has. */
export async function whyNoDefense(client: AmtClient, signal: AbortSignal): Promise<string | undefined> {
  const { systemDefense, controlMode, edition } = await client.capabilities(signal);
  if (controlMode === 'client') {
    return 'System Defense is not offered in client control mode (CCM): the device must be set up in admin control mode';
  }
  if (systemDefense) return undefined;
  const device = edition === 'standard' ? 'Intel Standard Manageability' : 'the device';
  return `${device} has no System Defense`;
}

/** What stands against putting a policy in force: another console’s policy, or a limit of the device, which is named. */
export async function whyNotApply(
  client: AmtClient,
  { policy, replaceForeign }: { readonly policy: DefensePolicy; readonly replaceForeign: boolean },
  signal: AbortSignal,
): Promise<string | undefined> {
  const state = await readDefense(client, signal);
  if (!replaceForeign) {
    const foreign = describeForeign(state);
    if (foreign !== undefined) return `${foreign}; \`replaceForeign\` takes its place`;
  }
  const [port] = await client.list(networkPortSystemDefenseCapabilities, signal);
  return (port && beyondPort(port, policy)) ?? (await beyondDevice(client, { state, policy }, signal));
}

/** `the policy "Lab" of another console is in force`, or nothing. */
export function describeForeign(state: DefenseState): string | undefined {
  const activation = onWiredPort(state);
  if (!activation || activation.policy?.own) return undefined;
  return `the policy "${activation.policy?.name ?? activation.policyId}" of another console is in force`;
}

type PortLimits = InstanceOf<typeof networkPortSystemDefenseCapabilities>;

function beyondPort(limits: PortLimits, policy: DefensePolicy): string | undefined {
  if (policy.antiSpoofing !== 'off' && limits.IPv4_AntiSpoofingCapable === false) {
    return 'the wired port has no anti-spoofing (IPv4_AntiSpoofingCapable): choose `antiSpoofing: off`';
  }
  return beyondDirection(limits, policy, 'outbound') ?? beyondDirection(limits, policy, 'inbound');
}

/** The numbers are those of IPv4 filters; one for IPv6 takes the place of several. The default counts as one. */
function beyondDirection(limits: PortLimits, policy: DefensePolicy, direction: Direction): string | undefined {
  const way = direction === 'outbound' ? 'Tx' : 'Rx';
  const ratio = Math.max(1, limits.IPv6_to_IPv4_Ratio ?? 1);
  const own = policy.filters.filter((filter) => filter.direction === direction);
  const weightOf = ({ match }: (typeof own)[number]): number => (!isEtherMatch(match) && match.ip === 6 ? ratio : 1);
  const sum = (filters: typeof own): number => filters.reduce((total, filter) => total + weightOf(filter), 0);
  const countsSpoofed = direction === 'outbound' && policy.antiSpoofing.includes('count');
  const counted = own.filter(({ treatment }) => treatment.count || treatment.action === 'limit');
  const counters = sum(counted) + (policy.otherwise[direction].count ? 1 : 0) + (countsSpoofed ? 1 : 0);
  return (
    beyond(limits, `IPv4_Max${way}Filters`, {
      needed: sum(own) + 1,
      what: `${direction} filters, the default among them`,
    }) ?? beyond(limits, `IPv4_Max${way}Counters`, { needed: counters, what: `${direction} counters` })
  );
}

type Numbers = `IPv4_Max${'Tx' | 'Rx'}${'Filters' | 'Counters'}`;

/** A limit of 0 is none that the device tells. */
function beyond(
  limits: PortLimits,
  name: Numbers,
  { needed, what }: { readonly needed: number; readonly what: string },
): string | undefined {
  const most = limits[name] ?? 0;
  if (most === 0 || needed <= most) return undefined;
  return `the wired port has room for ${most} ${what} (${name}), and ${needed} are needed`;
}

/** Old and new filters are on the device at the same time, so that the computer is never open for longer than a moment. */
async function beyondDevice(
  client: AmtClient,
  { state, policy }: { readonly state: DefenseState; readonly policy: DefensePolicy },
  signal: AbortSignal,
): Promise<string | undefined> {
  if (state.policies.some((held) => held.own && doesTheSame(held, policy))) return undefined;
  const limits = await client.find(generalSystemDefenseCapabilities, signal);
  const { policies, filters } = without(state, leftoversOf(state));
  const needed = policy.filters.length;
  return (
    full('policies', { most: limits?.GlobalMaxSupportedPolicies, held: policies.length, needed: 1 }) ??
    full('filters', { most: limits?.GlobalMaxSupportedFilters, held: filters.length, needed })
  );
}

function full(
  what: 'policies' | 'filters',
  { most = 0, held, needed }: { readonly most: number | undefined; readonly held: number; readonly needed: number },
): string | undefined {
  if (most === 0 || held + needed <= most) return undefined;
  const name = what === 'policies' ? 'GlobalMaxSupportedPolicies' : 'GlobalMaxSupportedFilters';
  const hint = what === 'filters' ? ', for the old and the new are there at once: `mode: allow-all` makes room' : '';
  return `the device has room for ${most} ${what} (${name}): ${held} are there, and ${needed} more are needed${hint}`;
}
