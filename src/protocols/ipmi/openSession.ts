import { ByteReader, le32 } from '../../base/bytes';
import type { CipherSuite } from './cipherSuites';
import { encodeOpenPacket } from './packet';
import { payloadTypes } from './payloadTypes';

/** Privilege levels, IPMI v2.0 section 6.8. */
export const privilegeLevels = { callback: 1, user: 2, operator: 3, administrator: 4 } as const;
export type PrivilegeLevel = keyof typeof privilegeLevels;

/** As whom to log in, and how. */
export interface Login {
  /** In the order of preference. */
  readonly suites: readonly CipherSuite[];
  readonly privilege: PrivilegeLevel;
  /** At most 16 bytes. */
  readonly user: Uint8Array;
  /** At most 20 bytes. */
  readonly password: Uint8Array;
  readonly random: (length: number) => Uint8Array;
}

export interface OpenSessionRequest {
  readonly tag: number;
  readonly privilege: PrivilegeLevel;
  readonly consoleSessionId: number;
  readonly suite: CipherSuite;
}

export interface OpenSessionResponse {
  readonly tag: number;
  readonly status: number;
  readonly consoleSessionId: number;
  /** Absent when the status is not zero. */
  readonly bmcSessionId?: number;
}

const algorithmBlockLength = 8;

/** RMCP+ Open Session Request as a whole datagram, IPMI v2.0 section 13.17. */
export function encodeOpenSessionRequest({ tag, privilege, consoleSessionId, suite }: OpenSessionRequest): Uint8Array {
  const payload = new Uint8Array(8 + 3 * algorithmBlockLength);
  payload[0] = tag;
  payload[1] = privilegeLevels[privilege];
  payload.set(le32(consoleSessionId), 4);
  const algorithms = [suite.authentication.id, suite.integrity.id, suite.confidentiality.id];
  for (const [type, algorithm] of algorithms.entries()) {
    payload.set([type, 0, 0, algorithmBlockLength, algorithm], 8 + type * algorithmBlockLength);
  }
  return encodeOpenPacket(payloadTypes.openSessionRequest, payload);
}

/** RMCP+ Open Session Response, IPMI v2.0 section 13.18. After an error some controllers send garbage: only the first bytes count. */
export function decodeOpenSessionResponse(payload: Uint8Array): OpenSessionResponse {
  const reader = new ByteReader(payload);
  const tag = reader.u8();
  const status = reader.u8();
  reader.skip(2); // granted privilege, reserved
  const consoleSessionId = reader.u32le();
  if (status !== 0) return { tag, status, consoleSessionId };
  return { tag, status, consoleSessionId, bmcSessionId: reader.u32le() };
}
