import { ByteReader } from '../../base/bytes';
import { SidebandError } from '../../base/errors';

const bmcAddress = 0x20;
/** Software ID of a remote console, IPMI v2.0 section 5.5. */
const consoleAddress = 0x81;
const responseOverhead = 8;

export interface IpmiRequest {
  readonly netFn: number;
  readonly command: number;
  /** 0..63; the answer repeats it. */
  readonly sequence: number;
  readonly data: Uint8Array;
}

export interface IpmiResponse {
  /** Of the request: even. */
  readonly netFn: number;
  readonly command: number;
  readonly sequence: number;
  readonly completionCode: number;
  readonly data: Uint8Array;
}

/** IPMI LAN request message, IPMI v2.0 section 13.8. */
export function encodeRequest({ netFn, command, sequence, data }: IpmiRequest): Uint8Array {
  const message = new Uint8Array(7 + data.length);
  message[0] = bmcAddress;
  message[1] = netFn << 2;
  message[2] = checksum(message, 0, 2);
  message[3] = consoleAddress;
  message[4] = sequence << 2;
  message[5] = command;
  message.set(data, 6);
  message[6 + data.length] = checksum(message, 3, 6 + data.length);
  return message;
}

/** IPMI LAN response message, IPMI v2.0 section 13.8. Throws `protocol.truncated` or `protocol.invalid`. */
export function decodeResponse(message: Uint8Array): IpmiResponse {
  const { length } = message;
  if (length < responseOverhead) throw new SidebandError('protocol.truncated', `IPMI message of ${length} bytes`);
  if (checksum(message, 0, 3) !== 0 || checksum(message, 3, length) !== 0) {
    throw new SidebandError('protocol.invalid', 'IPMI message with a wrong checksum');
  }
  const reader = new ByteReader(message, 0, length - 1);
  reader.skip(1); // our address
  const netFn = reader.u8() >> 2;
  if ((netFn & 1) === 0) throw new SidebandError('protocol.invalid', 'IPMI request where a response was due');
  reader.skip(2); // checksum, responder's address
  const sequence = reader.u8() >> 2;
  const command = reader.u8();
  const completionCode = reader.u8();
  return { netFn: netFn & ~1, command, sequence, completionCode, data: reader.rest() };
}

/** Two's complement of the sum, so that bytes and checksum add up to zero. */
function checksum(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0;
  for (let at = start; at < end; at++) sum += bytes[at] ?? 0;
  return -sum & 0xff;
}
