import { ByteReader } from '../../../base/bytes';

/** Operation bits towards the controller, IPMI v2.0 table 15-2. */
export const solOperations = { nack: 0x40, break: 0x10 } as const;

/** Status bits from the controller, IPMI v2.0 table 15-3. */
export const solStatus = {
  nack: 0x40,
  transferUnavailable: 0x20,
  deactivated: 0x10,
  overrun: 0x08,
  breakSeen: 0x04,
} as const;

/** Bytes before the characters. */
export const solHeaderLength = 4;

/** What a SOL packet carries, in either direction, IPMI v2.0 section 15.9. */
export interface SolPayload {
  /** 1..15; 0 for a packet that only acknowledges. */
  readonly sequence: number;
  /** The sequence that is acknowledged or refused; 0 for none. */
  readonly acknowledged: number;
  /** How many characters of the acknowledged packet were taken. */
  readonly accepted: number;
  /** Operation bits towards the controller, status bits from it. */
  readonly flags: number;
  readonly characters: Uint8Array;
}

export function encodeSolPayload({ sequence, acknowledged, accepted, flags, characters }: SolPayload): Uint8Array {
  const payload = new Uint8Array(solHeaderLength + characters.length);
  payload.set([sequence, acknowledged, accepted, flags]);
  payload.set(characters, solHeaderLength);
  return payload;
}

/** The characters are a view into the payload. Throws `protocol.truncated`. */
export function decodeSolPayload(payload: Uint8Array): SolPayload {
  const reader = new ByteReader(payload);
  return {
    sequence: reader.u8() & 0x0f,
    acknowledged: reader.u8() & 0x0f,
    accepted: reader.u8(),
    flags: reader.u8(),
    characters: reader.rest(),
  };
}

/** The sequence after this one: 1..15, never 0. */
export function nextSolSequence(sequence: number): number {
  return (sequence % 15) + 1;
}
