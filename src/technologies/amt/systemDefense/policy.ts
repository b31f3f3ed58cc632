import { createHash } from 'node:crypto';
import { SidebandError } from '../../../base/errors';
import { InvalidAddress, parseAddresses } from '../../../fleet/filters/addresses';
import {
  type AntiSpoofing,
  type Direction,
  type Filter,
  type FilterSet,
  isEtherMatch,
  type Match,
  pingFilterName,
  type Treatment,
} from '../../../fleet/filters/filterSet';
import { protocols } from '../../../fleet/filters/names';

/** A filter of the device: in one direction, with every address known. */
export interface DefenseFilter {
  /** The name in the set, or the device’s name of another console’s filter. */
  readonly label: string;
  readonly direction: Direction;
  readonly treatment: Treatment;
  readonly match: Match;
}

/** What a policy of the device does. */
export interface DefensePolicy {
  readonly filters: readonly DefenseFilter[];
  readonly otherwise: Readonly<Record<Direction, Treatment>>;
  readonly antiSpoofing: AntiSpoofing;
}

/** What may be said beside the set when it is put on a computer. */
export interface PolicyOptions {
  readonly antiSpoofing?: AntiSpoofing | undefined;
  readonly pingLimit?: number | undefined;
  /** An address, a subnet or a range for the set’s `console`; absent: any. */
  readonly consoleAddress?: string | undefined;
}

/** The policy that a set asks for. Throws `usage.invalid` for a console address that is none or is of the wrong IP version. */
export function compilePolicy(set: FilterSet, options: PolicyOptions = {}): DefensePolicy {
  const { antiSpoofing = set.antiSpoofing, pingLimit = set.pingLimit, consoleAddress } = options;
  const filters = set.filters.flatMap((filter) => {
    const match = matchOf(filter, consoleAddress);
    return filter.directions.map((direction) => ({
      label: filter.name,
      direction,
      treatment: filter.treatment,
      match,
    }));
  });
  return { filters: [...filters, ...pingFilters(pingLimit)], otherwise: set.otherwise, antiSpoofing };
}

/** Whether two policies do the same, whatever their names and the order of their filters: every filter is asked about each packet. */
export function isSamePolicy(one: DefensePolicy, other: DefensePolicy): boolean {
  return canonical(one) === canonical(other);
}

/** Four letters and digits that stand for a set and what it does. `attempt` gives others, where these are taken. */
export function tagOf(set: string, policy: DefensePolicy, attempt = 0): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([set, attempt]) + canonical(policy))
    .digest();
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  return Array.from(digest.subarray(0, 4), (byte) => letters.charAt(byte & 31)).join('');
}

/** `open-ports k3f9 (30 filters), anti-spoofing on, 10 pings a second` */
export function describePolicy(set: string, tag: string, { filters, antiSpoofing }: DefensePolicy): string {
  const pings = filters.find(({ label, treatment }) => label === pingFilterName && treatment.limit !== undefined);
  return [
    `${set} ${tag} (${filters.length} filters)`,
    antiSpoofing === 'off' ? 'no anti-spoofing' : `anti-spoofing ${antiSpoofing}`,
    ...(pings ? [`${pings.treatment.limit ?? 0} pings a second`] : []),
  ].join(', ');
}

function matchOf({ name, match, isForConsole }: Filter, consoleAddress: string | undefined): Match {
  if (!isForConsole || consoleAddress === undefined || isEtherMatch(match)) return match;
  const remoteAddresses = parseConsoleAddress(consoleAddress);
  if (match.localAddresses && match.localAddresses.ip !== remoteAddresses.ip) {
    const message = `consoleAddress: the filter ${name} needs an address of IPv${match.localAddresses.ip}`;
    throw new SidebandError('usage.invalid', message);
  }
  return { ...match, ip: remoteAddresses.ip, remoteAddresses };
}

function parseConsoleAddress(text: string): ReturnType<typeof parseAddresses> {
  try {
    return parseAddresses(text);
  } catch (thrown) {
    if (!(thrown instanceof InvalidAddress)) throw thrown;
    throw new SidebandError('usage.invalid', `consoleAddress: ${thrown.message}`, {}, thrown);
  }
}

/** In both directions, or the answers would be dropped. */
function pingFilters(limit: number): readonly DefenseFilter[] {
  if (limit === 0) return [];
  return (['outbound', 'inbound'] as const).map((direction) => ({
    label: pingFilterName,
    direction,
    treatment: { action: 'limit', count: false, event: false, limit },
    match: { ip: 4, protocol: protocols.icmp },
  }));
}

function canonical({ filters, otherwise, antiSpoofing }: DefensePolicy): string {
  const lines = filters.map(({ label, direction, treatment, match }) =>
    JSON.stringify([label, direction, sorted(treatment), sorted(match)]),
  );
  return JSON.stringify([lines.toSorted(), sorted(otherwise.outbound), sorted(otherwise.inbound), antiSpoofing]);
}

/** A value whose properties have an order, inner ones too. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return entries.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]);
}
