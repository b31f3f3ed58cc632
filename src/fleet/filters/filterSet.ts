import type { AddressRange, IpVersion } from './addresses';
import type { PortRange } from './ports';

/** Seen from the computer: `outbound` is what it sends. */
export type Direction = 'outbound' | 'inbound';

/** What is done with packets. */
export interface Treatment {
  /** `limit` lets a number of them pass in each second, and drops the others. */
  readonly action: 'pass' | 'drop' | 'limit';
  /** Whether they are counted. What is limited is not counted. */
  readonly count: boolean;
  /** Whether the first one is an event in the device's log. */
  readonly event: boolean;
  /** Packets a second; only for `limit`. */
  readonly limit?: number;
}

/** Frames of one EtherType, such as ARP. */
export interface EtherMatch {
  readonly etherType: number;
}

/** Packets of one IP version that fit everything that is said. `remote` is the other side, whatever the direction. */
export interface IpMatch {
  readonly ip: IpVersion;
  /** Protocol number, as IANA assigns them. */
  readonly protocol?: number;
  readonly remotePorts?: PortRange;
  readonly localPorts?: PortRange;
  readonly remoteAddresses?: AddressRange;
  readonly localAddresses?: AddressRange;
}

export type Match = EtherMatch | IpMatch;

/** One entry of a set: a filter for each of its directions. */
export interface Filter {
  readonly name: string;
  readonly directions: readonly Direction[];
  readonly treatment: Treatment;
  readonly match: Match;
  /** The remote address is the console's, which is only known when the set is put on a computer. */
  readonly isForConsole?: true;
}

/** What becomes of packets whose source is not the computer's own address. They never pass; this says who hears of it. */
export const antiSpoofings = ['off', 'on', 'count', 'event', 'count event'] as const;
export type AntiSpoofing = (typeof antiSpoofings)[number];

/** Which packets may pass, and what becomes of all others. */
export interface FilterSet {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** What is done with packets that no filter matches. */
  readonly otherwise: Readonly<Record<Direction, Treatment>>;
  readonly antiSpoofing: AntiSpoofing;
  /** Packets of ICMP a second, in each direction; 0: no limit of its own. */
  readonly pingLimit: number;
  readonly filters: readonly Filter[];
}

/** The name of the filters that {@link FilterSet.pingLimit} makes. */
export const pingFilterName = 'ping';

export function isEtherMatch(match: Match): match is EtherMatch {
  return 'etherType' in match;
}
