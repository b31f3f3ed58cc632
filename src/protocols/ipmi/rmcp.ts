import { ByteReader } from '../../base/bytes';

/** RMCP header of an IPMI message: version 1.0, no RMCP acknowledge, class IPMI. ASF 2.0 section 3.2.2. */
export const ipmiHeader: readonly number[] = [0x06, 0x00, 0xff, 0x07];
export const ipmiHeaderLength = 4;

const asfEnterprise = 4542;
const presencePing = 0x80;
const presencePong = 0x40;

/** What a presence pong says about its sender. */
export interface Pong {
  readonly tag: number;
  /** IANA enterprise number of the sender's maker. */
  readonly enterprise: number;
  readonly ipmi: boolean;
  readonly dash: boolean;
}

/** RMCP presence ping, ASF 2.0 section 3.2.4.2. */
export function encodePresencePing(tag: number): Uint8Array {
  return Uint8Array.of(0x06, 0x00, 0xff, 0x06, 0x00, 0x00, 0x11, 0xbe, presencePing, tag, 0x00, 0x00);
}

/** RMCP presence pong, ASF 2.0 section 3.2.4.3; nothing when the datagram is something else. Throws `protocol.truncated`. */
export function decodePresencePong(datagram: Uint8Array): Pong | undefined {
  if (datagram[0] !== 0x06 || datagram[3] !== 0x06) return undefined;
  const reader = new ByteReader(datagram, ipmiHeaderLength);
  if (reader.u32be() !== asfEnterprise || reader.u8() !== presencePong) return undefined;
  const tag = reader.u8();
  reader.skip(2); // reserved, data length
  const enterprise = reader.u32be();
  reader.skip(4); // OEM-defined
  const entities = reader.u8();
  const interactions = reader.u8();
  return { tag, enterprise, ipmi: (entities & 0x80) !== 0, dash: (interactions & 0x20) !== 0 };
}

/** Whether the datagram is an IPMI message, and not an RMCP acknowledge or another class. */
export function isIpmi(datagram: Uint8Array): boolean {
  return datagram[0] === 0x06 && datagram[3] === 0x07;
}
