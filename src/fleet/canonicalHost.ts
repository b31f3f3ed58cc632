/**
 * One spelling for all spellings of an address: `10.1`, `0xA.0.0.1`, `::ffff:10.0.0.1` and `10.0.0.1` are the same host, as are
 * names that differ in case or a last dot. A name and the address that it resolves to stay different.
 */
export function canonicalHost(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const literal = bare.includes(':') ? `[${bare}]` : bare;
  const parsed = URL.parse(`http://${literal}/`)?.hostname ?? bare.toLowerCase();
  const mapped = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(parsed);
  if (!mapped) return parsed.replace(/\.$/, '');
  const [high, low] = [mapped[1], mapped[2]].map((group) => parseInt(group ?? '', 16));
  return [high, low].flatMap((group = 0) => [group >> 8, group & 0xff]).join('.');
}
