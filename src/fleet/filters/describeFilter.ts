import { formatAddresses } from './addresses';
import { type Filter, isEtherMatch } from './filterSet';
import { nameOf, protocols } from './names';
import { formatPorts } from './ports';
import { formatTreatment } from './treatment';
import { etherTypeWord } from './writeFilterSet';

/** What a filter of a set is about, for people: `udp, remote port 67, local port 68`, `drop outbound: tcp, remote port 445`. */
export function describeFilter(filter: Filter): string {
  const { directions, treatment } = filter;
  const limit = treatment.limit === undefined ? '' : ` to ${treatment.limit} a second`;
  const action = formatTreatment(treatment) + limit;
  const [direction, ...more] = directions;
  const head = [...(action === 'pass' ? [] : [action]), ...(more.length === 0 && direction ? [direction] : [])];
  const matched = matchWords(filter).join(', ');
  return head.length === 0 ? matched : `${head.join(' ')}: ${matched}`;
}

function matchWords({ match, isForConsole }: Filter): readonly string[] {
  if (isEtherMatch(match)) return [`EtherType ${etherTypeWord(match.etherType)}`];
  const { ip, protocol, remotePorts, localPorts, remoteAddresses, localAddresses } = match;
  return [
    protocol === undefined ? `IPv${ip}` : String(nameOf(protocols, protocol)) + (ip === 6 ? ' of IPv6' : ''),
    ...(remotePorts ? [`remote port ${formatPorts(remotePorts)}`] : []),
    ...(localPorts ? [`local port ${formatPorts(localPorts)}`] : []),
    ...(remoteAddresses ? [`remote address ${formatAddresses(remoteAddresses)}`] : []),
    ...(isForConsole ? ['only the console'] : []),
    ...(localAddresses ? [`local address ${formatAddresses(localAddresses)}`] : []),
  ];
}
