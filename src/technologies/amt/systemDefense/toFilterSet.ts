import { longestFilterName, longestSetName } from '../../../fleet/filters/filterSchema';
import { type Filter, type FilterSet, pingFilterName } from '../../../fleet/filters/filterSet';
import { protocols } from '../../../fleet/filters/names';
import type { Unsaid } from '../../../fleet/filters/writeFilterSet';
import type { DefenseFilter } from './policy';
import { type HeldFilter, type HeldPolicy, toDefenseFilter } from './state';

/** A policy of the device in the words of filter sets, and what they have no words for. */
export interface ExportedSet {
  readonly set: FilterSet;
  readonly unsaid: Unsaid;
}

export function toFilterSet(held: HeldPolicy): ExportedSet {
  const names = new Names();
  const unsaid = new Map<string, readonly string[]>();
  const filters: Filter[] = [];
  for (const one of held.filters) {
    const filter = toDefenseFilter(one);
    if (!filter) {
      unsaid.set(one.name, [...missing(one), ...one.unsaid]);
      continue;
    }
    if (held.own && isPing(filter)) continue;
    const opposite = filters.find((other) => isOpposite(other, filter));
    if (opposite) {
      filters[filters.indexOf(opposite)] = { ...opposite, directions: ['outbound', 'inbound'] };
      continue;
    }
    const name = names.free(filter.label);
    filters.push({ name, directions: [filter.direction], treatment: filter.treatment, match: filter.match });
    if (one.unsaid.length > 0) unsaid.set(name, one.unsaid);
  }
  const { own, otherwise, antiSpoofing } = held;
  const set = {
    name: own?.set ?? toSetName(held.name),
    otherwise,
    antiSpoofing,
    pingLimit: pingLimitOf(held),
    filters,
  };
  return { set, unsaid };
}

function missing({ direction, treatment, match }: HeldFilter): readonly string[] {
  return [
    ...(direction ? [] : ['no known direction']),
    ...(treatment ? [] : ['no known action']),
    ...(match ? [] : ['nothing that it matches']),
  ];
}

/** Only our own policies have a limit that is the same in both directions by intention. */
function pingLimitOf({ own, filters }: HeldPolicy): number {
  const ping = own && filters.map(toDefenseFilter).find((filter) => filter && isPing(filter));
  return ping?.treatment.limit ?? 0;
}

function isPing({ label, treatment, match }: DefenseFilter): boolean {
  return (
    label === pingFilterName &&
    treatment.action === 'limit' &&
    !treatment.event &&
    'ip' in match &&
    match.protocol === protocols.icmp
  );
}

/** Whether a filter is the other half of an entry for both directions. */
function isOpposite({ name, directions, treatment, match }: Filter, other: DefenseFilter): boolean {
  return (
    directions.length === 1 &&
    directions[0] !== other.direction &&
    name === other.label &&
    JSON.stringify([treatment, match]) === JSON.stringify([other.treatment, other.match])
  );
}

/** Names that a file may have: short, of the right characters, and each once. */
class Names {
  readonly #taken = new Set<string>([pingFilterName]);

  free(label: string): string {
    const plain =
      label
        .replaceAll(/[^A-Za-z0-9 ._/-]/g, '-')
        .replace(/^[^A-Za-z0-9]+/, '')
        .trimEnd() || 'filter';
    for (let count = 1; ; count++) {
      const suffix = count === 1 ? '' : ` ${count}`;
      const name = plain.slice(0, longestFilterName - suffix.length).trimEnd() + suffix;
      if (this.#taken.has(name.toLowerCase())) continue;
      this.#taken.add(name.toLowerCase());
      return name;
    }
  }
}

function toSetName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '');
  return plain.slice(0, longestSetName).replace(/-+$/, '') || 'policy';
}
