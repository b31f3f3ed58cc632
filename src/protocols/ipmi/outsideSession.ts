import { ByteReader, concatBytes } from '../../base/bytes';
import { SidebandError } from '../../base/errors';
import { ipmiHeader, ipmiHeaderLength, isIpmi } from './rmcp';

const none = 0x00;

/** A message outside a session: IPMI v1.5 session header without authentication, IPMI v2.0 section 13.6. */
export function wrapOutsideSession(message: Uint8Array): Uint8Array {
  const header = [...ipmiHeader, none, 0, 0, 0, 0, 0, 0, 0, 0, message.length];
  return concatBytes(Uint8Array.from(header), message);
}

/** The message in a datagram outside a session; nothing when the datagram is something else. Throws `protocol.truncated`. */
export function unwrapOutsideSession(datagram: Uint8Array): Uint8Array | undefined {
  if (!isIpmi(datagram) || datagram[ipmiHeaderLength] !== none) return undefined;
  const reader = new ByteReader(datagram, ipmiHeaderLength + 1);
  reader.skip(4); // session sequence number
  if (reader.u32le() !== 0) throw new SidebandError('protocol.invalid', 'unauthenticated message with a session id');
  return reader.bytes(reader.u8());
}
