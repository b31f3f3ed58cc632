import { flowYaml } from '../../base/yaml/flowYaml';
import { formatAddresses } from './addresses';
import { consoleWord } from './filterSchema';
import { type Filter, type FilterSet, isEtherMatch, type Match } from './filterSet';
import { etherTypes, nameOf, protocols } from './names';
import { formatPorts, isSinglePort, type PortRange } from './ports';
import { formatTreatment } from './treatment';

/** What filters have that this format has no words for, by name; a name that is not in the set is a filter that is left out. */
export type Unsaid = ReadonlyMap<string, readonly string[]>;

/** A set as a file of `.sideband/filters`. What cannot be said stands in comments. */
export function writeFilterSet(set: FilterSet, unsaid: Unsaid = new Map()): string {
  const { name, title, description, otherwise, antiSpoofing, pingLimit, filters } = set;
  const { outbound, inbound } = otherwise;
  const lines = [
    'version: 1',
    `name: ${flowYaml(name)}`,
    ...(title === undefined ? [] : [`title: ${flowYaml(title)}`]),
    ...(description === undefined ? [] : [`description: ${flowYaml(description)}`]),
    `default: ${flowYaml({ outbound: formatTreatment(outbound), inbound: formatTreatment(inbound) })}`,
    `antiSpoofing: ${antiSpoofing}`,
    `pingLimit: ${pingLimit}`,
    filters.length === 0 ? 'filters: []' : 'filters:',
    ...filters.flatMap((filter) => [
      ...(unsaid.get(filter.name) ?? []).map((what) => `  # ${filter.name} also has ${what}, which has no word here`),
      `  - ${flowYaml(toEntry(filter))}`,
    ]),
    ...[...unsaid]
      .filter(([other]) => !filters.some((filter) => filter.name === other))
      .map(([other, what]) => `  # ${other} is left out: it has ${what.join(', ')}`),
  ];
  return `${lines.join('\n')}\n`;
}

function toEntry({ name, directions, treatment, match, isForConsole }: Filter): object {
  const [direction, ...more] = directions;
  const action = formatTreatment(treatment);
  return {
    name,
    ...(more.length === 0 && { direction }),
    ...(action !== 'pass' && { action }),
    ...(treatment.limit !== undefined && { packetsPerSecond: treatment.limit }),
    ...matchWords(match),
    ...(isForConsole && { remoteAddress: consoleWord }),
  };
}

function matchWords(match: Match): object {
  if (isEtherMatch(match)) return { etherType: etherTypeWord(match.etherType) };
  const { ip, protocol, remotePorts, localPorts, remoteAddresses, localAddresses } = match;
  const isPlain = !remoteAddresses && !localAddresses;
  const saysVersion = isPlain && (protocol === undefined || ip !== (protocol === protocols.icmpv6 ? 6 : 4));
  return {
    ...(saysVersion && { ip }),
    ...(protocol !== undefined && { protocol: nameOf(protocols, protocol) }),
    ...(remotePorts && { remotePort: portWord(remotePorts) }),
    ...(localPorts && { localPort: portWord(localPorts) }),
    ...(remoteAddresses && { remoteAddress: formatAddresses(remoteAddresses) }),
    ...(localAddresses && { localAddress: formatAddresses(localAddresses) }),
  };
}

export function etherTypeWord(etherType: number): string {
  const name = nameOf(etherTypes, etherType);
  return typeof name === 'string' ? name : `0x${name.toString(16).toUpperCase().padStart(4, '0')}`;
}

function portWord(ports: PortRange): number | string {
  return isSinglePort(ports) ? ports.first : formatPorts(ports);
}
