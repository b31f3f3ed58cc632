import { ByteReader, concatBytes, le32 } from '../../base/bytes';
import type { CipherSuite } from './cipherSuites';
import { hmac } from './hmac';
import { privilegeLevels, type PrivilegeLevel } from './openSession';
import { encodeOpenPacket, type SessionKeys } from './packet';
import { payloadTypes } from './payloadTypes';

const nonceLength = 16;
const guidLength = 16;
const keyConstantLength = 20;
/** Look the user up by name alone, whatever its privilege. */
const nameOnlyLookup = 0x10;

/** What the console brings to the login. */
export interface ConsoleHalf {
  readonly tag: number;
  readonly suite: CipherSuite;
  readonly consoleSessionId: number;
  readonly bmcSessionId: number;
  /** Rm, 16 random bytes. */
  readonly nonce: Uint8Array;
  readonly privilege: PrivilegeLevel;
  /** At most 16 bytes. */
  readonly user: Uint8Array;
  /** At most 20 bytes. */
  readonly password: Uint8Array;
}

/** What the BMC answers to it. */
export interface BmcHalf {
  /** Rc, 16 random bytes. */
  readonly nonce: Uint8Array;
  readonly guid: Uint8Array;
  /** The key exchange authentication code, which proves that the BMC knows the password. */
  readonly code: Uint8Array;
}

interface RakpHead {
  readonly tag: number;
  readonly status: number;
  readonly consoleSessionId: number;
}

/** RAKP Message 1 as a whole datagram, IPMI v2.0 section 13.20. */
export function encodeRakp1(half: ConsoleHalf): Uint8Array {
  const head = Uint8Array.of(half.tag, 0, 0, 0);
  const role = Uint8Array.of(roleOf(half), 0, 0, half.user.length);
  return encodeOpenPacket(payloadTypes.rakp1, concatBytes(head, le32(half.bmcSessionId), half.nonce, role, half.user));
}

/** RAKP Message 2, IPMI v2.0 section 13.21. `bmc` is absent when the status is not zero. */
export function decodeRakp2(
  payload: Uint8Array,
  { authentication }: CipherSuite,
): RakpHead & { readonly bmc?: BmcHalf } {
  const reader = new ByteReader(payload);
  const head = readHead(reader);
  if (head.status !== 0) return head;
  const nonce = reader.bytes(nonceLength);
  const guid = reader.bytes(guidLength);
  return { ...head, bmc: { nonce, guid, code: reader.bytes(authentication.codeLength) } };
}

/** RAKP Message 3 as a whole datagram, IPMI v2.0 section 13.22. */
export function encodeRakp3(half: ConsoleHalf, bmc: BmcHalf): Uint8Array {
  const head = Uint8Array.of(half.tag, 0, 0, 0);
  return encodeOpenPacket(payloadTypes.rakp3, concatBytes(head, le32(half.bmcSessionId), rakp3Code(half, bmc)));
}

/** RAKP Message 3 that ends the login with a status, so that the BMC frees the session at once. IPMI v2.0 section 13.22. */
export function encodeRakp3Refusal(
  { tag, bmcSessionId }: Pick<ConsoleHalf, 'tag' | 'bmcSessionId'>,
  status: number,
): Uint8Array {
  return encodeOpenPacket(payloadTypes.rakp3, concatBytes(Uint8Array.of(tag, status, 0, 0), le32(bmcSessionId)));
}

/** RAKP Message 4, IPMI v2.0 section 13.23. `checkValue` is absent when the status is not zero. */
export function decodeRakp4(
  payload: Uint8Array,
  { authentication }: CipherSuite,
): RakpHead & { readonly checkValue?: Uint8Array } {
  const reader = new ByteReader(payload);
  const head = readHead(reader);
  if (head.status !== 0) return head;
  return { ...head, checkValue: reader.bytes(authentication.checkValueLength) };
}

/** The code that RAKP Message 2 must carry, IPMI v2.0 section 13.31. */
export function rakp2Code(half: ConsoleHalf, bmc: Omit<BmcHalf, 'code'>): Uint8Array {
  const { consoleSessionId, bmcSessionId, nonce, password } = half;
  const ids = concatBytes(le32(consoleSessionId), le32(bmcSessionId));
  return mac(half, password, ids, nonce, bmc.nonce, bmc.guid, userPart(half));
}

/** The code of RAKP Message 3, IPMI v2.0 section 13.31. */
export function rakp3Code(half: ConsoleHalf, bmc: Omit<BmcHalf, 'code'>): Uint8Array {
  return mac(half, half.password, bmc.nonce, le32(half.consoleSessionId), userPart(half));
}

/** The session integrity key, without a BMC key. IPMI v2.0 section 13.31. */
export function sessionIntegrityKey(half: ConsoleHalf, bmc: Omit<BmcHalf, 'code'>): Uint8Array {
  return mac(half, half.password, half.nonce, bmc.nonce, userPart(half));
}

/** The value that RAKP Message 4 must carry, IPMI v2.0 section 13.31. */
export function rakp4CheckValue(half: ConsoleHalf, bmc: Omit<BmcHalf, 'code'>, sik: Uint8Array): Uint8Array {
  return mac(half, sik, half.nonce, le32(half.bmcSessionId), bmc.guid).subarray(
    0,
    half.suite.authentication.checkValueLength,
  );
}

/** K1 and K2 from the session integrity key, IPMI v2.0 section 13.32. The constants are 20 bytes with every hash. */
export function deriveKeys(suite: CipherSuite, sik: Uint8Array): SessionKeys {
  const key = (constant: number): Uint8Array => mac({ suite }, sik, new Uint8Array(keyConstantLength).fill(constant));
  return { suite, k1: key(1), k2: key(2) };
}

function readHead(reader: ByteReader): RakpHead {
  const tag = reader.u8();
  const status = reader.u8();
  reader.skip(2); // reserved
  return { tag, status, consoleSessionId: reader.u32le() };
}

function userPart(half: ConsoleHalf): Uint8Array {
  return concatBytes(Uint8Array.of(roleOf(half), half.user.length), half.user);
}

function roleOf({ privilege }: ConsoleHalf): number {
  return privilegeLevels[privilege] | nameOnlyLookup;
}

function mac({ suite }: Pick<ConsoleHalf, 'suite'>, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const { hash } = suite.authentication;
  return hash ? hmac(hash, key, ...parts) : new Uint8Array(0);
}
