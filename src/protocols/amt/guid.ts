import { fromHex, toHex } from '../../base/bytes';
import { SidebandError } from '../../base/errors';

const dashed = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/i;

/**
 * 16 bytes in the mixed order of SMBIOS and Windows, its first three groups least significant byte first, as
 * `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`. Throws `protocol.truncated` or `protocol.invalid` for another length.
 */
export function formatGuid(bytes: Uint8Array): string {
  if (bytes.length < 16) throw new SidebandError('protocol.truncated', 'a GUID of fewer than 16 bytes');
  if (bytes.length > 16) throw new SidebandError('protocol.invalid', 'a GUID of more than 16 bytes');
  return [
    toHex(bytes.subarray(0, 4).toReversed()),
    toHex(bytes.subarray(4, 6).toReversed()),
    toHex(bytes.subarray(6, 8).toReversed()),
    toHex(bytes.subarray(8, 10)),
    toHex(bytes.subarray(10)),
  ].join('-');
}

/** Likewise, of 32 hexadecimal digits, as CIM_ComputerSystemPackage has them. */
export function formatGuidDigits(digits: string): string {
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new SidebandError('protocol.invalid', 'a GUID with other digits');
  return formatGuid(fromHex(digits));
}

/** The bytes of a written GUID, in the mixed order. Throws `usage.invalid`. */
export function parseGuid(text: string): Uint8Array {
  const groups = dashed.exec(text.trim())?.slice(1);
  if (!groups) throw new SidebandError('usage.invalid', `${JSON.stringify(text)} is no GUID`);
  const bytes = fromHex(groups.join(''));
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}
