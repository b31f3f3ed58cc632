import { ByteReader } from '../../../base/bytes';
import { SidebandError } from '../../../base/errors';

export const fruHeaderLength = 8;
const unit = 8;
const version = 1;

/** Where the areas begin, in bytes; absent areas are left out. FRU Information Storage Definition section 8. */
export interface FruHeader {
  readonly internalUse?: number;
  readonly chassis?: number;
  readonly board?: number;
  readonly product?: number;
  readonly multirecord?: number;
  /** What is wrong with it, when it can still be read. */
  readonly problem?: string;
}

/** Nothing for a chip that was never written. Throws `protocol.invalid` for a format that is not known. */
export function decodeFruHeader(bytes: Uint8Array): FruHeader | undefined {
  const reader = new ByteReader(bytes);
  const format = reader.u8();
  if (bytes.every((byte) => byte === 0x00) || bytes.every((byte) => byte === 0xff)) return undefined;
  if ((format & 0x0f) !== version) {
    throw new SidebandError('protocol.invalid', `FRU data of format ${format & 0x0f}, which is not known`);
  }
  const [internalUse, chassis, board, product, multirecord] = Array.from({ length: 5 }, () => unit * reader.u8());
  return {
    ...(internalUse && { internalUse }),
    ...(chassis && { chassis }),
    ...(board && { board }),
    ...(product && { product }),
    ...(multirecord && { multirecord }),
    ...(!sumsToZero(bytes) && { problem: 'the checksum of the header is wrong' }),
  };
}

/** The length in bytes that an area gives for itself in its second byte. */
export function areaLength(bytes: Uint8Array): number {
  return unit * (bytes[1] ?? 0);
}

/** Whether a checksum covers these bytes. */
export function sumsToZero(bytes: Uint8Array): boolean {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return (sum & 0xff) === 0;
}
