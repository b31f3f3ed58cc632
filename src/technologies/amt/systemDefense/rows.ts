import { formatAddresses } from '../../../fleet/filters/addresses';
import { type Direction, isEtherMatch, type Match } from '../../../fleet/filters/filterSet';
import { nameOf, protocols } from '../../../fleet/filters/names';
import { formatPorts } from '../../../fleet/filters/ports';
import { formatTreatment } from '../../../fleet/filters/treatment';
import { etherTypeWord } from '../../../fleet/filters/writeFilterSet';
import type { ReadFilter } from './filterProperties';
import type { DefensePolicy } from './policy';
import type { DefenseState, HeldFilter, HeldPolicy } from './state';

/** One filter or default, in the words of filter sets; null where it says nothing. */
export interface FilterRow {
  /** Null for a filter that no policy has. */
  readonly policy: string | null;
  /** Null where the device does not say. */
  readonly inForce: boolean | null;
  readonly owner: 'Sideband' | 'other' | null;
  readonly filter: string;
  readonly direction: Direction | null;
  readonly action: string | null;
  readonly limit: number | null;
  readonly protocol: string | number | null;
  readonly remotePorts: string | null;
  readonly localPorts: string | null;
  readonly remoteAddresses: string | null;
  readonly localAddresses: string | null;
  /** What has no words: as the device has it. */
  readonly also: string | null;
}

export const everythingElse = 'everything else';
export const antiSpoofingRow = 'anti-spoofing';

/** Everything that the device holds: policies with their filters in order and their defaults, then filters without a policy. */
export function defenseRows(state: DefenseState): readonly FilterRow[] {
  const used = new Set(state.policies.flatMap(({ filters }) => filters));
  const unused = state.filters.filter((filter) => !used.has(filter));
  const alone = { policy: null, inForce: false } as const;
  return [
    ...state.policies.flatMap((policy) => heldRows(policy, state)),
    ...unused.map((filter) => ({ ...alone, owner: ownerOf(filter), ...filterRow(filter) })),
  ];
}

function heldRows(policy: HeldPolicy, { activations }: DefenseState): readonly FilterRow[] {
  const activation = activations.find(({ policyId }) => policyId === policy.id);
  const inForce = activation ? (activation.isActive ?? null) : false;
  const head = { policy: policy.own?.set ?? policy.name, inForce, owner: ownerOf(policy) } as const;
  return [...policy.filters.map(filterRow), ...policyRows(policy)].map((row) => ({ ...head, ...row }));
}

type Row = Omit<FilterRow, 'policy' | 'inForce' | 'owner'>;

const nothing = {
  direction: null,
  action: null,
  limit: null,
  protocol: null,
  remotePorts: null,
  localPorts: null,
  remoteAddresses: null,
  localAddresses: null,
  also: null,
} as const;

function filterRow(filter: ReadFilter & Pick<HeldFilter, 'name' | 'own'>): Row {
  const { name, own, direction, treatment, match, unsaid } = filter;
  return {
    ...nothing,
    filter: own?.label ?? name,
    direction: direction ?? null,
    action: treatment ? formatTreatment(treatment) : null,
    limit: treatment?.limit ?? null,
    ...(match && matchColumns(match)),
    also: unsaid.length > 0 ? unsaid.join(', ') : null,
  };
}

function matchColumns(match: Match): Partial<Row> {
  if (isEtherMatch(match)) return { protocol: etherTypeWord(match.etherType) };
  const { ip, protocol, remotePorts, localPorts, remoteAddresses, localAddresses } = match;
  const name = protocol === undefined ? 'ip' : nameOf(protocols, protocol);
  return {
    protocol: ip === 6 && protocol !== protocols.icmpv6 ? `${name} (IPv6)` : name,
    remotePorts: remotePorts ? formatPorts(remotePorts) : null,
    localPorts: localPorts ? formatPorts(localPorts) : null,
    remoteAddresses: remoteAddresses ? formatAddresses(remoteAddresses) : null,
    localAddresses: localAddresses ? formatAddresses(localAddresses) : null,
  };
}

function policyRows({ otherwise, antiSpoofing }: Pick<DefensePolicy, 'otherwise' | 'antiSpoofing'>): readonly Row[] {
  const defaults = (['outbound', 'inbound'] as const).map((direction) => ({
    ...nothing,
    filter: everythingElse,
    direction,
    action: formatTreatment(otherwise[direction]),
  }));
  if (antiSpoofing === 'off') return defaults;
  const words = antiSpoofing === 'on' ? 'drop' : `drop ${antiSpoofing}`;
  return [...defaults, { ...nothing, filter: antiSpoofingRow, direction: 'outbound', action: words }];
}

function ownerOf({ own }: Pick<HeldFilter | HeldPolicy, 'own'>): FilterRow['owner'] {
  return own ? 'Sideband' : 'other';
}
