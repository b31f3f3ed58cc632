import { didYouMean } from '../../base/nearest';

/** EtherTypes, as IANA and the IEEE assign them. */
export const etherTypes = {
  ipv4: 0x0800,
  arp: 0x0806,
  ipv6: 0x86dd,
  eapol: 0x888e,
  lldp: 0x88cc,
  vlan: 0x8100,
} as const;

/** IP protocol numbers, as IANA assigns them. */
export const protocols = { icmp: 1, igmp: 2, tcp: 6, udp: 17, gre: 47, esp: 50, ah: 51, icmpv6: 58 } as const;

type Names = Readonly<Record<string, number>>;

/** The name of a number, or the number itself. */
export function nameOf(names: Names, number: number): string | number {
  return Object.entries(names).find(([, value]) => value === number)?.[0] ?? number;
}

/** What is wrong with a word that is neither one of the names nor a number. */
export function unknownName(names: Names, word: unknown): string {
  const known = Object.keys(names);
  const hint = typeof word === 'string' ? didYouMean(word, known) : '';
  return `one of ${known.join(', ')} or a number is expected${hint === '' ? '' : `.${hint}`}`;
}
