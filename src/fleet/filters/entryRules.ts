import type { AddressRange, IpVersion } from './addresses';
import { consoleWord, type FilterOfFile } from './filterSchema';
import type { Filter, Match } from './filterSet';
import { protocols } from './names';
import { isSinglePort } from './ports';
import { toTreatment } from './treatment';

/** A mistake in one entry that no single value shows. */
export interface EntryMistake {
  readonly key: keyof FilterOfFile;
  readonly message: string;
}

const ipKeys = ['ip', 'protocol', 'remotePort', 'localPort', 'remoteAddress', 'localAddress'] as const;
const hasPorts: readonly number[] = [protocols.tcp, protocols.udp];

/** What does not fit together in an entry, by what the hardware can match. */
export function entryMistakes(entry: FilterOfFile): readonly EntryMistake[] {
  return [...limitMistakes(entry), ...(entry.etherType === undefined ? ipMistakes(entry) : etherMistakes(entry))];
}

/** An entry without mistakes as a filter. */
export function toFilter(entry: FilterOfFile): Filter {
  const { name, direction, action, packetsPerSecond, remoteAddress } = entry;
  return {
    name,
    directions: direction === 'both' ? ['outbound', 'inbound'] : [direction],
    treatment: toTreatment(action, packetsPerSecond),
    match: toMatch(entry),
    ...(remoteAddress === consoleWord && { isForConsole: true }),
  };
}

function toMatch(entry: FilterOfFile): Match {
  const { etherType, protocol, remotePort, localPort, remoteAddress, localAddress } = entry;
  if (etherType !== undefined) return { etherType };
  return {
    ip: ipOf(entry),
    ...(protocol !== undefined && { protocol }),
    ...(remotePort && { remotePorts: remotePort }),
    ...(localPort && { localPorts: localPort }),
    ...(remoteAddress && remoteAddress !== consoleWord && { remoteAddresses: remoteAddress }),
    ...(localAddress && { localAddresses: localAddress }),
  };
}

/** As written, else that of the addresses, else that of the protocol, else 4. */
function ipOf(entry: FilterOfFile): IpVersion {
  const [address] = addressesOf(entry);
  return entry.ip ?? address?.range.ip ?? (entry.protocol === protocols.icmpv6 ? 6 : 4);
}

function limitMistakes({ action, packetsPerSecond }: FilterOfFile): readonly EntryMistake[] {
  const limits = action.startsWith('limit');
  if (limits === (packetsPerSecond !== undefined)) return [];
  return limits
    ? [{ key: 'action', message: '`limit` needs `packetsPerSecond`' }]
    : [{ key: 'packetsPerSecond', message: '`packetsPerSecond` needs `action: limit`' }];
}

function etherMistakes(entry: FilterOfFile): readonly EntryMistake[] {
  const foreign = ipKeys.filter((key) => entry[key] !== undefined);
  return foreign.map((key) => ({ key, message: `\`${key}\` cannot stand beside \`etherType\`` }));
}

function ipMistakes(entry: FilterOfFile): readonly EntryMistake[] {
  if (ipKeys.every((key) => entry[key] === undefined)) {
    return [
      {
        key: 'name',
        message: `it does not say what it matches, by \`etherType\` or by ${ipKeys.map((key) => `\`${key}\``).join(', ')}`,
      },
    ];
  }
  return [...portMistakes(entry), ...versionMistakes(entry)];
}

/** AMT_IPHeadersFilter takes one source and one destination port, or one range of either. */
function portMistakes({ protocol, remotePort, localPort }: FilterOfFile): readonly EntryMistake[] {
  const given = { remotePort, localPort };
  if (protocol === undefined || !hasPorts.includes(protocol)) {
    const keys = (['remotePort', 'localPort'] as const).filter((key) => given[key]);
    return keys.map((key) => ({ key, message: `\`${key}\` needs \`protocol: tcp\` or \`protocol: udp\`` }));
  }
  if (!remotePort || !localPort || (isSinglePort(remotePort) && isSinglePort(localPort))) return [];
  const key = isSinglePort(remotePort) ? 'localPort' : 'remotePort';
  return [{ key, message: 'a range of ports cannot stand beside ports of the other side: the device takes one range' }];
}

function versionMistakes(entry: FilterOfFile): readonly EntryMistake[] {
  const ip = ipOf(entry);
  const wrong = addressesOf(entry).filter(({ range }) => range.ip !== ip);
  const mistakes: EntryMistake[] = wrong.map(({ key }) => ({ key, message: `an IPv${ip} address is expected here` }));
  const needed = entry.protocol === protocols.icmp ? 4 : entry.protocol === protocols.icmpv6 ? 6 : ip;
  if (needed !== ip)
    mistakes.push({ key: 'protocol', message: `this protocol is of IPv${needed}, and the filter of IPv${ip}` });
  return mistakes;
}

function addressesOf({ remoteAddress, localAddress }: FilterOfFile) {
  const found: { readonly key: 'remoteAddress' | 'localAddress'; readonly range: AddressRange }[] = [];
  if (remoteAddress && remoteAddress !== consoleWord) found.push({ key: 'remoteAddress', range: remoteAddress });
  if (localAddress) found.push({ key: 'localAddress', range: localAddress });
  return found;
}
