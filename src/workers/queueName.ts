import { createHash } from 'node:crypto';

/** Of pg-boss, in bytes: longer names are cut down to their digest. */
const longest = 100;

/** The queue of a site: `site.oslo`. What a queue's name may not have is written as `_` and two hex digits for each byte. */
export function queueName(site: string): string {
  const escaped = [...Buffer.from(site)].map(escapeByte).join('');
  if (escaped.length <= longest) return `site.${escaped}`;
  return `site.${escaped.slice(0, 20)}__${createHash('sha256').update(site).digest('hex')}`;
}

function escapeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9-]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
}
