import { isIPv4, isIPv6 } from 'node:net';

/** As seen from the computer. */
export type Direction = 'sent' | 'received';

/** What filters look at in a packet of the computer. What is left out is in no packet that a filter on it matches. */
export interface Packet {
  readonly direction: Direction;
  /** Absent: that of the addresses, IPv4 without any. */
  readonly etherType?: number;
  readonly source?: string;
  readonly destination?: string;
  /** 1 ICMP, 6 TCP, 17 UDP … */
  readonly protocol?: number;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  /** Numbers of the bits that are set: 0 FIN, 1 SYN, 2 RST, 3 PSH, 4 ACK, 5 URG. */
  readonly tcpFlags?: readonly number[];
}

export const EtherType = { ipv4: 0x0800, arp: 0x0806, ipv6: 0x86dd } as const;

export function etherTypeOf({ etherType, source, destination }: Packet): number {
  return etherType ?? (isIPv6(source ?? destination ?? '') ? EtherType.ipv6 : EtherType.ipv4);
}

/** An IPv4 or IPv6 address as a number; nothing for other text. */
export function toNumber(address: string | undefined): bigint | undefined {
  if (address === undefined) return undefined;
  if (isIPv4(address)) return address.split('.').reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  if (!isIPv6(address)) return undefined;
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const middle = Array<string>(8 - first.length - last.length).fill('0');
  return [...first, ...middle, ...last].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
