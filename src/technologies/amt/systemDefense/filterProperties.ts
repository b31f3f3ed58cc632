import { type AddressRange, type IpVersion, maskOf, prefixOf } from '../../../fleet/filters/addresses';
import { type Direction, isEtherMatch, type IpMatch, type Treatment } from '../../../fleet/filters/filterSet';
import type { PortRange } from '../../../fleet/filters/ports';
import { hdr8021Filter } from '../../../protocols/amt/cim/hdr8021Filter';
import { ipHeadersFilter } from '../../../protocols/amt/cim/ipHeadersFilter';
import type { InstanceOf } from '../../../protocols/wsman/cimClass';
import type { Properties } from '../../../protocols/wsman/values';
import type { DefenseFilter } from './policy';

/** Key properties that must be sent and are overridden. */
const overridden = { CreationClassName: 0, InstanceID: 0, SystemCreationClassName: 0, SystemName: 0 } as const;
const everyPort = 65535;

/** An instance to be made: its class, and its properties in the device’s order. */
export function filterInstance(
  name: string,
  filter: DefenseFilter,
): { readonly resourceUri: string; readonly properties: Properties } {
  const { direction, treatment, match } = filter;
  const common = {
    ...overridden,
    Name: name,
    ActionEventOnMatch: treatment.event,
    FilterDirection: direction === 'outbound' ? 0 : 1,
    FilterProfile: profileOf(treatment),
    FilterProfileData: treatment.limit,
  };
  return isEtherMatch(match)
    ? { resourceUri: hdr8021Filter.resourceUri, properties: ordered({ ...common, HdrProtocolID8021: match.etherType }) }
    : { resourceUri: ipHeadersFilter.resourceUri, properties: ordered({ ...common, ...headers(match, direction) }) };
}

/** What a filter of the device does, as far as our words go. */
export interface ReadFilter {
  readonly direction?: Direction;
  readonly treatment?: Treatment;
  readonly match?: DefenseFilter['match'];
  /** What it matches beside that, as the device has it: `HdrDSCP 12`. */
  readonly unsaid: readonly string[];
}

export function readEtherFilter(instance: InstanceOf<typeof hdr8021Filter>): ReadFilter {
  const { HdrProtocolID8021: etherType } = instance;
  const unsaid = [
    ...say('HdrSrcMACAddr8021', instance.HdrSrcMACAddr8021),
    ...say('HdrDestMACAddr8021', instance.HdrDestMACAddr8021),
    ...say('HdrVLANID8021', instance.HdrVLANID8021),
    ...say('HdrPriorityValue8021', instance.HdrPriorityValue8021),
  ];
  return { ...readCommon(instance, unsaid), ...(etherType !== undefined && { match: { etherType } }) };
}

export function readIpFilter(instance: InstanceOf<typeof ipHeadersFilter>): ReadFilter {
  const unsaid = [
    ...instance.HdrDSCP.flatMap((value) => say('HdrDSCP', value)),
    ...say('HdrFlowLabel', instance.HdrFlowLabel),
    ...instance.TCPFlagsOn.flatMap((value) => say('TCPFlagsOn', value)),
    ...instance.TCPFlagsOff.flatMap((value) => say('TCPFlagsOff', value)),
  ];
  const isInbound = instance.FilterDirection === 'inbound';
  const ip: IpVersion = instance.HdrIPVersion === 'IPv6' ? 6 : 4;
  const source = readSide(ip, 'Src', instance);
  const destination = readSide(ip, 'Dest', instance);
  unsaid.push(...source.unsaid, ...destination.unsaid);
  const [remote, local] = isInbound ? [source, destination] : [destination, source];
  const match: IpMatch = {
    ip,
    ...(instance.HdrProtocolID !== undefined && { protocol: instance.HdrProtocolID }),
    ...(remote.ports && { remotePorts: remote.ports }),
    ...(local.ports && { localPorts: local.ports }),
    ...(remote.addresses && { remoteAddresses: remote.addresses }),
    ...(local.addresses && { localAddresses: local.addresses }),
  };
  return { ...readCommon(instance, unsaid), match };
}

/** FilterProfile of AMT_FilterEntryBase. */
function profileOf({ action, count }: Treatment): number {
  if (action === 'limit') return 2;
  if (action === 'pass') return count ? 0 : 3;
  return count ? 1 : 4;
}

function headers({ ip, protocol, ...match }: IpMatch, direction: Direction): Properties {
  const remote = { ports: match.remotePorts, addresses: match.remoteAddresses };
  const local = { ports: match.localPorts, addresses: match.localAddresses };
  const [source, destination] = direction === 'outbound' ? [local, remote] : [remote, local];
  return { HdrIPVersion: ip, HdrProtocolID: protocol, ...side('Src', source), ...side('Dest', destination) };
}

interface Side {
  readonly ports: PortRange | undefined;
  readonly addresses: AddressRange | undefined;
}

function side(name: 'Src' | 'Dest', { ports, addresses }: Side): Properties {
  const range = addresses && 'first' in addresses ? addresses : undefined;
  const subnet = addresses && 'prefix' in addresses ? addresses : undefined;
  return {
    [`Hdr${name}Address`]: range?.first ?? subnet?.address,
    [`Hdr${name}AddressEndOfRange`]: range?.last,
    [`Hdr${name}Mask`]: subnet && maskOf(subnet.ip, subnet.prefix),
    [`Hdr${name}PortEnd`]: ports?.last,
    [`Hdr${name}PortStart`]: ports?.first,
  };
}

function readCommon(
  instance: InstanceOf<typeof hdr8021Filter> | InstanceOf<typeof ipHeadersFilter>,
  found: readonly string[],
): ReadFilter {
  const { FilterDirection, FilterProfile, FilterProfileData, ActionEventOnMatch: event = false, other } = instance;
  const direction = FilterDirection === 'outbound' || FilterDirection === 'inbound' ? FilterDirection : undefined;
  const treatment = readTreatment(FilterProfile, { event, limit: FilterProfileData });
  const unknown = Object.entries(other).filter(([name]) => name.startsWith('Hdr'));
  const unsaid = [
    ...found,
    ...(instance.IsNegated === true ? ['IsNegated true'] : []),
    ...unknown.map(([name, values]) => `${name} ${values.join(' ')}`),
  ];
  return { ...(direction && { direction }), ...(treatment && { treatment }), unsaid };
}

function readTreatment(
  profile: InstanceOf<typeof hdr8021Filter>['FilterProfile'],
  { event, limit = 0 }: { readonly event: boolean; readonly limit: number | undefined },
): Treatment | undefined {
  switch (profile) {
    case 'pass and count':
    case 'drop and count':
      return { action: profile === 'pass and count' ? 'pass' : 'drop', count: true, event };
    case 'pass':
    case 'drop':
      return { action: profile, count: false, event };
    case 'limit rate':
      return { action: 'limit', count: false, event, limit };
    default:
      return undefined;
  }
}

function readSide(
  ip: IpVersion,
  name: 'Src' | 'Dest',
  instance: InstanceOf<typeof ipHeadersFilter>,
): Partial<Side> & { readonly unsaid: readonly string[] } {
  const first = instance[`Hdr${name}PortStart`] ?? 0;
  const last = instance[`Hdr${name}PortEnd`] ?? everyPort;
  const ports = first === 0 && last === everyPort ? {} : { ports: { first, last } };
  const address = digits(instance[`Hdr${name}Address`]);
  if (address === undefined) return { ...ports, unsaid: [] };
  const end = digits(instance[`Hdr${name}AddressEndOfRange`]);
  if (end !== undefined) return { ...ports, addresses: { ip, first: address, last: end }, unsaid: [] };
  const mask = digits(instance[`Hdr${name}Mask`]) ?? 'F'.repeat(address.length);
  const prefix = prefixOf(mask);
  if (prefix === undefined) return { ...ports, unsaid: [`Hdr${name}Address ${address} with the mask ${mask}`] };
  return prefix === 0 ? { ...ports, unsaid: [] } : { ...ports, addresses: { ip, address, prefix }, unsaid: [] };
}

/** Nothing for what is no hexBinary of an address’s length. */
function digits(text: string | undefined): string | undefined {
  const trimmed = text?.trim().toUpperCase() ?? '';
  return /^([0-9A-F]{8}|[0-9A-F]{32})$/.test(trimmed) ? trimmed : undefined;
}

function say(name: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [`${name} ${value}`];
}

/** In alphabetical order, as devices have them. */
function ordered(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
