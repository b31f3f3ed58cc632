import { SidebandError } from '../errors';

/** Most texts have none of them, and no half of a character beyond 16 bits either. */
const remarkable = /[\0-\x08\x0b-\x1f&<>"\ud800-\udfff\ufffe\uffff]/;
const specials = /[&<>"\r]/g;
// Characters that no XML document may hold, not even as a reference: XML 1.0 section 2.2.
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/**
 * For character data and for attribute values in double quotes, where a reader takes tabs and line ends for spaces.
 * Throws `usage.invalid` for a character that XML cannot carry.
 */
export function escapeXml(text: string): string {
  if (!remarkable.test(text)) return text;
  if (forbidden.test(text) || !text.isWellFormed()) {
    throw new SidebandError('usage.invalid', 'the text holds a character that cannot be sent to the device');
  }
  return text.replace(specials, (character) => references[character] ?? character);
}
