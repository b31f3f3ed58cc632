import { randomBytes } from 'node:crypto';
import { encryptBlocks, mac, type SuiteTraits } from './crypto';
import type { BmcUser } from './rule';

/** RMCP, for IPMI. */
export const plainHeader = Buffer.from([0x06, 0x00, 0xff, 0x07]);

/** What of a session goes into its packets. */
export interface SealingSession {
  readonly suite: SuiteTraits;
  readonly consoleId: number;
  readonly keys?: { readonly k1: Buffer; readonly k2: Buffer };
  outbound: number;
}

/** A message in an encrypted and authenticated packet of a session, IPMI v2.0 section 13.28. */
export function seal(message: Buffer, session: SealingSession): Buffer {
  const { suite, keys, consoleId } = session;
  if (!keys) throw new Error('a session without keys seals nothing');
  const payload = encryptBlocks(keys.k2, randomBytes(16), message);
  const size = Buffer.alloc(2);
  size.writeUInt16LE(payload.length);
  const front = Buffer.concat([Buffer.from([0x06, 0xc0]), le32(consoleId), le32(++session.outbound), size, payload]);
  const fill = (4 - ((front.length + 2) % 4)) % 4;
  const signed = Buffer.concat([front, Buffer.alloc(fill, 0xff), Buffer.from([fill, 0x07])]);
  return Buffer.concat([plainHeader, signed, mac(suite.digest, keys.k1, signed).subarray(0, suite.macBytes)]);
}

/** A payload in a packet outside a session. */
export function wrap(type: number, payload: Buffer): Buffer {
  const size = Buffer.alloc(2);
  size.writeUInt16LE(payload.length);
  return Buffer.concat([plainHeader, Buffer.from([0x06, type]), Buffer.alloc(8), size, payload]);
}

/** A password as a key, filled up to 20 bytes. */
export function keyOf({ password }: BmcUser): Buffer {
  return Buffer.concat([Buffer.from(password, 'utf8'), Buffer.alloc(20)], 20);
}

/** Role, length and name, as RAKP messages hash them. */
export function whoIs(role: number, name: string): Buffer {
  return Buffer.concat([Buffer.from([role, name.length]), Buffer.from(name, 'latin1')]);
}

export function le32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

/** Modulo 256. */
export function sum(bytes: Iterable<number>): number {
  let total = 0;
  for (const byte of bytes) total += byte;
  return total & 0xff;
}
