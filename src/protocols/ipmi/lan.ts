import { ByteReader } from '../../base/bytes';

const addressSources = ['unspecified', 'static', 'DHCP', 'BIOS', 'other'];
const ipv6Enables = ['IPv4 only', 'IPv6 only', 'IPv4 and IPv6'];
const privileges = ['unused', 'callback', 'user', 'operator', 'administrator', 'OEM'];

/** `static` or `DHCP`, IPMI v2.0 table 23-4, parameter 4. */
export function decodeAddressSource(data: Uint8Array): string {
  const source = new ByteReader(data).u8() & 0x0f;
  return addressSources[source] ?? `source ${source}`;
}

export function decodeIpv4(data: Uint8Array): string {
  return new ByteReader(data).bytes(4).join('.');
}

/** `00:11:22:33:44:55` */
export function decodeMac(data: Uint8Array): string {
  return [...new ByteReader(data).bytes(6)].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** Nothing when no VLAN is used. Parameter 20. */
export function decodeVlan(data: Uint8Array): number | undefined {
  const value = new ByteReader(data).u16le();
  return (value & 0x8000) === 0 ? undefined : value & 0x0fff;
}

/** The ids of the cipher suites, in the order of their privileges. Parameter 23. */
export function decodeSuiteIds(data: Uint8Array): readonly number[] {
  const reader = new ByteReader(data, 1); // behind a reserved byte
  return [...reader.rest()].slice(0, 16);
}

/** The highest privilege that each suite of parameter 23 gives, `unused` where it is not accepted. Parameter 24. */
export function decodeSuitePrivileges(data: Uint8Array): readonly string[] {
  const reader = new ByteReader(data, 1);
  const levels = [...reader.rest()].slice(0, 8).flatMap((pair) => [pair & 0x0f, pair >> 4]);
  return levels.map((level) => privileges[level] ?? `privilege ${level}`);
}

/** `IPv4 and IPv6`, parameter 51. */
export function decodeIpv6Enables(data: Uint8Array): string {
  const enables = new ByteReader(data).u8();
  return ipv6Enables[enables] ?? `addressing ${enables}`;
}

/** How many static and dynamic addresses there may be. Parameter 55. */
export function decodeIpv6Status(data: Uint8Array): { readonly statics: number; readonly dynamics: number } {
  const reader = new ByteReader(data);
  return { statics: reader.u8(), dynamics: reader.u8() };
}

const active = 0;

/** `2001:db8::5/64`; nothing when it is not in use. Parameters 56 and 59. */
export function decodeIpv6Address(data: Uint8Array, kind: 'static' | 'dynamic'): string | undefined {
  const reader = new ByteReader(data);
  reader.skip(1); // set selector
  const source = reader.u8();
  const address = reader.bytes(16);
  const [prefix, status] = [reader.u8(), reader.u8()];
  const isEnabled = kind === 'dynamic' || (source & 0x80) !== 0;
  return isEnabled && status === active && address.some(Boolean) ? `${ipv6Text(address)}/${prefix}` : undefined;
}

/** Nothing when it is not set. Parameter 65. */
export function decodeIpv6Router(data: Uint8Array): string | undefined {
  const address = new ByteReader(data).bytes(16);
  return address.some(Boolean) ? ipv6Text(address) : undefined;
}

/** RFC 5952: without leading zeros, the first longest run of zero groups as `::`. */
function ipv6Text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0));
  const text = groups.map((group) => group.toString(16)).join(':');
  const [longest] = [...text.matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)].sort((a, b) => b[0].length - a[0].length);
  if (!longest) return text;
  const [before, after] = [text.slice(0, longest.index), text.slice(longest.index + longest[0].length)];
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}
