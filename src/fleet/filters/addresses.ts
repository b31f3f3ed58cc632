export type IpVersion = 4 | 6;

/** Addresses as upper-case hexadecimal digits: 8 for IPv4, 32 for IPv6. */
export type AddressRange =
  | { readonly ip: IpVersion; readonly address: string; /** How many leading bits count. */ readonly prefix: number }
  | { readonly ip: IpVersion; readonly first: string; readonly last: string };

/** Why a text is no range of addresses. */
export class InvalidAddress extends Error {}

const expected = 'an address, a subnet such as 10.0.0.0/24 or a range such as 10.0.0.1-10.0.0.9 is expected';

/** `10.0.0.5`, `10.0.0.0/24`, `10.0.0.1-10.0.0.9`, and likewise for IPv6. Throws `InvalidAddress`. */
export function parseAddresses(text: string): AddressRange {
  const [start = '', end, ...more] = text.split('-');
  if (more.length > 0) throw new InvalidAddress(expected);
  if (end !== undefined) return toRange(parseAddress(start.trim()), parseAddress(end.trim()));
  const [bare = '', bits, ...rest] = text.split('/');
  if (rest.length > 0) throw new InvalidAddress(expected);
  return toSubnet(parseAddress(bare), bits);
}

export function formatAddresses(range: AddressRange): string {
  if ('first' in range) return `${formatAddress(range.first)}-${formatAddress(range.last)}`;
  const { ip, address, prefix } = range;
  return prefix === bitsOf(ip) ? formatAddress(address) : `${formatAddress(address)}/${prefix}`;
}

/** The mask of a prefix, in hexadecimal digits. */
export function maskOf(ip: IpVersion, prefix: number): string {
  const bits = '1'.repeat(prefix).padEnd(bitsOf(ip), '0');
  return toHex(
    pieces(bits, 4).map((nibble) => parseInt(nibble, 2)),
    1,
  );
}

/** The prefix of a mask; nothing for a mask with gaps. */
export function prefixOf(mask: string): number | undefined {
  const bits = digitsOf(mask)
    .map((digit) => digit.toString(2).padStart(4, '0'))
    .join('');
  return /^1*0*$/.test(bits) ? bits.lastIndexOf('1') + 1 : undefined;
}

export function versionOf(address: string): IpVersion {
  return address.length === 8 ? 4 : 6;
}

export function formatAddress(address: string): string {
  const bytes = pieces(address, 2).map((byte) => parseInt(byte, 16));
  if (versionOf(address) === 4) return bytes.join('.');
  const groups = pieces(address, 4);
  return URL.parse(`http://[${groups.join(':')}]/`)?.hostname.slice(1, -1) ?? groups.join(':');
}

function parseAddress(text: string): string {
  const digits = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  if (digits === undefined) throw new InvalidAddress(expected);
  return digits;
}

function parseIpv4(text: string): string | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part <= 255) ? toHex(parts, 2) : undefined;
}

function parseIpv6(text: string): string | undefined {
  if (!/^[0-9a-f:.]+$/i.test(text)) return undefined;
  // The URL's own reader writes every IPv6 address in groups, those that end as IPv4 too.
  const compressed = URL.parse(`http://[${text}]/`)?.hostname.slice(1, -1);
  if (compressed === undefined) return undefined;
  const [head, tail] = compressed.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array.from({ length: 8 - (head?.length ?? 0) - (tail?.length ?? 0) }, () => '0');
  const groups = tail ? [...(head ?? []), ...zeros, ...tail] : (head ?? []);
  return toHex(
    groups.map((group) => parseInt(group, 16)),
    4,
  );
}

function toHex(numbers: readonly number[], digits: number): string {
  return numbers
    .map((one) => one.toString(16).padStart(digits, '0'))
    .join('')
    .toUpperCase();
}

function toRange(first: string, last: string): AddressRange {
  if (first.length !== last.length) throw new InvalidAddress('both ends must be of the same IP version');
  if (first >= last) throw new InvalidAddress('the range must begin at its lower end');
  return { ip: versionOf(first), first, last };
}

function toSubnet(address: string, bits: string | undefined): AddressRange {
  const ip = versionOf(address);
  const most = bitsOf(ip);
  const prefix = Number(bits ?? most);
  if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || prefix < 1 || prefix > most)) {
    throw new InvalidAddress(`a prefix from /1 to /${most} is expected`);
  }
  const base = and(address, maskOf(ip, prefix));
  if (base !== address)
    throw new InvalidAddress(`bits beyond the prefix are set: ${formatAddress(base)}/${prefix} is meant`);
  return { ip, address, prefix };
}

function and(address: string, mask: string): string {
  const kept = digitsOf(mask);
  return toHex(
    digitsOf(address).map((digit, at) => digit & (kept[at] ?? 0)),
    1,
  );
}

function digitsOf(hexadecimal: string): readonly number[] {
  return pieces(hexadecimal, 1).map((digit) => parseInt(digit, 16));
}

function pieces(text: string, length: number): readonly string[] {
  return Array.from({ length: text.length / length }, (_, at) => text.slice(at * length, (at + 1) * length));
}

function bitsOf(ip: IpVersion): number {
  return ip === 4 ? 32 : 128;
}
