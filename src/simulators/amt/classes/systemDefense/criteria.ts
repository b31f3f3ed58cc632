import { invalidValue, missingValue } from '../../model/fault';
import type { Sent } from '../../model/sent';
import { EtherType, etherTypeOf, type Packet, toNumber } from './packet';

type Test = (packet: Packet) => boolean;

const tcp = 6;
const udp = 17;
const highestPort = 0xffff;

/** HdrProtocolID8021: the EtherType of any frame. */
export function ethernetTest(sent: Sent): Test {
  const etherType = within(sent.requiredInteger('HdrProtocolID8021'), 0, 0xffff);
  return (packet) => etherTypeOf(packet) === etherType;
}

/** What an AMT_IPHeadersFilter says of the headers; properties that it does not have match everything. */
export function ipTest(sent: Sent): Test {
  const version = sent.requiredInteger('HdrIPVersion');
  if (version !== 4 && version !== 6) throw invalidValue();
  const etherType = version === 4 ? EtherType.ipv4 : EtherType.ipv6;
  const protocol = sent.has('HdrProtocolID') ? within(sent.requiredInteger('HdrProtocolID'), 0, 0xff) : undefined;
  const tests: readonly Test[] = [
    (packet) => etherTypeOf(packet) === etherType,
    (packet) => protocol === undefined || packet.protocol === protocol,
    addressTest(sent, { version, side: 'Src' }),
    addressTest(sent, { version, side: 'Dest' }),
    portTest(sent, protocol),
    flagTest(sent, protocol),
  ];
  return (packet) => tests.every((test) => test(packet));
}

/** An address comes with a mask or with the end of a range, each as hexBinary of the version's length. */
function addressTest(sent: Sent, { version, side }: { version: 4 | 6; side: 'Src' | 'Dest' }): Test {
  const read = (suffix: string): bigint | undefined => hexBinary(sent.text(`Hdr${side}${suffix}`), version);
  const [address, mask, end] = [read('Address'), read('Mask'), read('AddressEndOfRange')];
  if (address === undefined) {
    if (mask !== undefined || end !== undefined) throw missingValue();
    return () => true;
  }
  if (mask === undefined && end === undefined) throw missingValue();
  if (mask !== undefined && end !== undefined) throw invalidValue();
  if (end !== undefined && end < address) throw invalidValue();
  return (packet) => {
    const value = toNumber(side === 'Src' ? packet.source : packet.destination);
    if (value === undefined) return false;
    return mask === undefined ? value >= address && value <= (end ?? address) : (value & mask) === (address & mask);
  };
}

/** One source and one destination port, or a range of one of the two, in TCP or UDP. */
function portTest(sent: Sent, protocol: number | undefined): Test {
  const source = portRange(sent, 'Src');
  const destination = portRange(sent, 'Dest');
  if (!source && !destination) return () => true;
  if (protocol !== tcp && protocol !== udp) throw invalidValue();
  const isRange = (range: readonly [number, number]): boolean => range[0] !== range[1];
  if (source && destination && (isRange(source) || isRange(destination))) throw invalidValue();
  return ({ sourcePort, destinationPort }) => isIn(sourcePort, source) && isIn(destinationPort, destination);
}

function portRange(sent: Sent, side: 'Src' | 'Dest'): readonly [number, number] | undefined {
  const [start, end] = [sent.integer(`Hdr${side}PortStart`), sent.integer(`Hdr${side}PortEnd`)];
  if (start === undefined && end === undefined) return undefined;
  if (start === undefined || end === undefined) throw missingValue();
  return [within(start, 0, highestPort), within(end, start, highestPort)];
}

function isIn(port: number | undefined, range: readonly [number, number] | undefined): boolean {
  return !range || (port !== undefined && port >= range[0] && port <= range[1]);
}

function flagTest(sent: Sent, protocol: number | undefined): Test {
  const on = sent.integers('TCPFlagsOn').map((bit) => within(bit, 0, 5));
  const off = sent.integers('TCPFlagsOff').map((bit) => within(bit, 0, 5));
  if (on.length + off.length === 0) return () => true;
  if (protocol !== tcp || on.some((bit) => off.includes(bit))) throw invalidValue();
  return ({ tcpFlags = [] }) =>
    on.every((bit) => tcpFlags.includes(bit)) && off.every((bit) => !tcpFlags.includes(bit));
}

function hexBinary(text: string | undefined, version: 4 | 6): bigint | undefined {
  if (text === undefined) return undefined;
  const digits = version === 4 ? 8 : 32;
  if (text.length !== digits || !/^[\dA-Fa-f]+$/.test(text)) throw invalidValue();
  return BigInt(`0x${text}`);
}

function within(value: number, lowest: number, highest: number): number {
  if (value < lowest || value > highest) throw invalidValue();
  return value;
}
