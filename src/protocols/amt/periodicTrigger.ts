import { ByteReader, concatBytes } from '../../base/bytes';

/** When a periodic policy of remote access connects: every so many seconds, or at a time of day. */
export type Period = { readonly everySeconds: number } | { readonly hour: number; readonly minute: number };

const byInterval = 0;
const daily = 1;

/** ExtendedData of AMT_RemoteAccessPolicyRule: 32-bit numbers, big-endian. */
export function encodePeriod(period: Period): Uint8Array {
  if ('everySeconds' in period) return concatBytes(be32(byInterval), be32(period.everySeconds));
  return concatBytes(be32(daily), be32(period.hour), be32(period.minute));
}

/** Undefined for a kind that is not known. Throws `protocol.truncated`. */
export function decodePeriod(data: Uint8Array): Period | undefined {
  const reader = new ByteReader(data);
  const kind = reader.u32be();
  if (kind === byInterval) return { everySeconds: reader.u32be() };
  return kind === daily ? { hour: reader.u32be(), minute: reader.u32be() } : undefined;
}

function be32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}
