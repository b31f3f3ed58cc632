import { randomBytes } from 'node:crypto';

/** Sorts by time and is short enough to type: `20261123-074512-k3f9`, in universal time. */
export function makeRunId(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  const alphabet = 'abcdefghjkmnpqrstvwxyz0123456789';
  const tail = [...randomBytes(4)].map((byte) => alphabet[byte & 31]).join('');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${tail}`;
}
