import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';
import { ByteReader } from '../../base/bytes';
import { SidebandError } from '../../base/errors';
import type { CipherSuite } from './cipherSuites';
import { hmac } from './hmac';
import { ipmiHeader, ipmiHeaderLength, isIpmi } from './rmcp';

const rmcpPlus = 0x06;
const encrypted = 0x80;
const authenticated = 0x40;
/** From the authentication type to the payload length. */
const sessionHeaderLength = 12;
const payloadStart = ipmiHeaderLength + sessionHeaderLength;
const nextHeader = 0x07;
const blockLength = 16;

/** No controller sends more: most allow 1 KiB and answer in less than 256 bytes. */
const maximumLength = 1500;

/** The keys of one session and the suite that they serve. */
export interface SessionKeys {
  readonly suite: CipherSuite;
  /** For the integrity of packets. */
  readonly k1: Uint8Array;
  /** For their confidentiality; the first 16 bytes count. */
  readonly k2: Uint8Array;
}

export interface Packet {
  /** Session id of the receiver. */
  readonly sessionId: number;
  readonly sequence: number;
  readonly payloadType: number;
  readonly payload: Uint8Array;
}

/** An RMCP+ packet before the session has keys, IPMI v2.0 section 13.6. */
export function encodeOpenPacket(payloadType: number, payload: Uint8Array): Uint8Array {
  const packet = new Uint8Array(payloadStart + payload.length);
  writeHeader(packet, { sessionId: 0, sequence: 0, payloadType, payload }, payloadType);
  packet.set(payload, payloadStart);
  return packet;
}

/** The payload of an RMCP+ packet without protection; nothing when the datagram is something else. Throws `protocol.truncated`. */
export function decodeOpenPacket(datagram: Uint8Array): Packet | undefined {
  const header = readHeader(datagram);
  if (!header || (header.flags & (encrypted | authenticated)) !== 0) return undefined;
  const payload = new ByteReader(datagram, payloadStart).bytes(header.payloadLength);
  return { sessionId: header.sessionId, sequence: header.sequence, payloadType: header.payloadType, payload };
}

/** The payload of an unprotected packet of this type; nothing when the datagram is something else. Throws `protocol.truncated`. */
export function payloadOf(datagram: Uint8Array, payloadType: number): Uint8Array | undefined {
  const packet = decodeOpenPacket(datagram);
  return packet?.payloadType === payloadType ? packet.payload : undefined;
}

/** A packet inside a session, protected as the suite says. `iv` are 16 random bytes. IPMI v2.0 sections 13.6, 13.28, 13.29. */
export function sealPacket(packet: Packet, { suite, k1, k2 }: SessionKeys, iv: Uint8Array): Uint8Array {
  const { integrity, confidentiality } = suite;
  const payload = confidentiality.aes ? encrypt(packet.payload, k2, iv) : packet.payload;
  const flags = (confidentiality.aes ? encrypted : 0) | (integrity.hash ? authenticated : 0);
  const payloadEnd = payloadStart + payload.length;
  const padLength = integrity.hash ? -(sessionHeaderLength + payload.length + 2) & 3 : 0;
  const signedEnd = integrity.hash ? payloadEnd + padLength + 2 : payloadEnd;
  const sealed = new Uint8Array(signedEnd + integrity.codeLength);
  writeHeader(sealed, { ...packet, payload }, packet.payloadType | flags);
  sealed.set(payload, payloadStart);
  if (!integrity.hash) return sealed;
  sealed.fill(0xff, payloadEnd, payloadEnd + padLength);
  sealed[signedEnd - 2] = padLength;
  sealed[signedEnd - 1] = nextHeader;
  const code = hmac(integrity.hash, k1, sealed.subarray(ipmiHeaderLength, signedEnd));
  sealed.set(code.subarray(0, integrity.codeLength), signedEnd);
  return sealed;
}

/**
 * The content of a packet inside the session with this id; nothing when the datagram is not of it or its authentication code is
 * wrong. Throws `protocol.truncated` or `protocol.invalid` for a packet that is broken inside.
 */
export function openPacket(
  datagram: Uint8Array,
  sessionId: number,
  { suite, k1, k2 }: SessionKeys,
): Packet | undefined {
  const header = readHeader(datagram);
  if (header?.sessionId !== sessionId) return undefined;
  const { integrity, confidentiality } = suite;
  const protection = (confidentiality.aes ? encrypted : 0) | (integrity.hash ? authenticated : 0);
  if ((header.flags & (encrypted | authenticated)) !== protection) return undefined;

  const payloadEnd = payloadStart + header.payloadLength;
  if (integrity.hash) {
    const signedEnd = datagram.length - integrity.codeLength;
    if (signedEnd < payloadEnd + 2) return undefined;
    const code = hmac(integrity.hash, k1, datagram.subarray(ipmiHeaderLength, signedEnd));
    if (!timingSafeEqual(code.subarray(0, integrity.codeLength), datagram.subarray(signedEnd))) return undefined;
  }
  const body = new ByteReader(datagram, payloadStart).bytes(header.payloadLength);
  const payload = confidentiality.aes ? decrypt(body, k2) : body;
  return { sessionId, sequence: header.sequence, payloadType: header.payloadType, payload };
}

/** The payload type that the header of an RMCP+ packet claims; nothing is verified. */
export function payloadTypeOf(datagram: Uint8Array): number | undefined {
  const type = datagram[ipmiHeaderLength + 1];
  return type !== undefined && isIpmi(datagram) && datagram[ipmiHeaderLength] === rmcpPlus ? type & 0x3f : undefined;
}

interface Header {
  readonly flags: number;
  readonly payloadType: number;
  readonly sessionId: number;
  readonly sequence: number;
  readonly payloadLength: number;
}

function readHeader(datagram: Uint8Array): Header | undefined {
  if (datagram.length > maximumLength || !isIpmi(datagram) || datagram[ipmiHeaderLength] !== rmcpPlus) return undefined;
  const reader = new ByteReader(datagram, ipmiHeaderLength + 1);
  const type = reader.u8();
  const header = { sessionId: reader.u32le(), sequence: reader.u32le(), payloadLength: reader.u16le() };
  return { flags: type, payloadType: type & 0x3f, ...header };
}

function writeHeader(packet: Uint8Array, { sessionId, sequence, payload }: Packet, type: number): void {
  const view = new DataView(packet.buffer);
  packet.set(ipmiHeader);
  packet[4] = rmcpPlus;
  packet[5] = type;
  view.setUint32(6, sessionId, true);
  view.setUint32(10, sequence, true);
  view.setUint16(14, payload.length, true);
}

/** AES-CBC-128 with the pad 1, 2, 3 … and its length, IPMI v2.0 section 13.29. */
function encrypt(payload: Uint8Array, k2: Uint8Array, iv: Uint8Array): Uint8Array {
  const padLength = -(payload.length + 1) & (blockLength - 1);
  const padded = new Uint8Array(payload.length + padLength + 1);
  padded.set(payload);
  for (let i = 0; i < padLength; i++) padded[payload.length + i] = i + 1;
  padded[padded.length - 1] = padLength;
  const cipher = createCipheriv('aes-128-cbc', k2.subarray(0, blockLength), iv).setAutoPadding(false);
  const whole = new Uint8Array(blockLength + padded.length);
  whole.set(iv);
  whole.set(cipher.update(padded), blockLength);
  return whole;
}

function decrypt(body: Uint8Array, k2: Uint8Array): Uint8Array {
  if (body.length < 2 * blockLength || body.length % blockLength !== 0) {
    throw new SidebandError('protocol.invalid', `encrypted payload of ${body.length} bytes`);
  }
  const iv = body.subarray(0, blockLength);
  const decipher = createDecipheriv('aes-128-cbc', k2.subarray(0, blockLength), iv).setAutoPadding(false);
  const padded = decipher.update(body.subarray(blockLength));
  const padLength = padded[padded.length - 1] ?? 0;
  const length = padded.length - 1 - padLength;
  if (padLength >= blockLength || length < 0)
    throw new SidebandError('protocol.invalid', 'confidentiality pad too long');
  for (let i = 0; i < padLength; i++) {
    if (padded[length + i] !== i + 1) throw new SidebandError('protocol.invalid', 'wrong confidentiality pad');
  }
  return new Uint8Array(padded.buffer, padded.byteOffset, length);
}
