import { invalidXml } from './invalidXml';

const predefined: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const decimal = /^#[0-9]{1,9}$/;
const hexadecimal = /^#x[0-9A-Fa-f]{1,8}$/;
const special = /[\t\n&<]/;
const whiteSpaces = /[\t\n]/g;
/** No reference that is allowed here is longer. */
const longestReference = 12;

/** Replaces the five predefined entities and character references; any other entity is refused. XML 1.0 sections 4.1 and 4.6. */
export function resolveReferences(text: string): string {
  let resolved = '';
  let from = 0;
  for (let ampersand = text.indexOf('&'); ampersand >= 0; ampersand = text.indexOf('&', from)) {
    const end = text.indexOf(';', ampersand);
    if (end < 0 || end - ampersand > longestReference) throw invalidXml('an ampersand that begins no reference');
    resolved += text.slice(from, ampersand) + referenced(text.slice(ampersand + 1, end));
    from = end + 1;
  }
  return resolved + text.slice(from);
}

/** The value of an attribute: its white space is read as spaces, that of references as itself. XML 1.0 sections 3.1 and 3.3.3. */
export function normalizeAttribute(text: string): string {
  if (!special.test(text)) return text;
  if (text.includes('<')) throw invalidXml('a less-than sign in an attribute value');
  return resolveReferences(text.replace(whiteSpaces, ' '));
}

function referenced(reference: string): string {
  const character = predefined.get(reference);
  if (character !== undefined) return character;
  if (decimal.test(reference)) return fromCodePoint(Number.parseInt(reference.slice(1), 10));
  if (hexadecimal.test(reference)) return fromCodePoint(Number.parseInt(reference.slice(2), 16));
  throw invalidXml('an entity other than the predefined ones');
}

function fromCodePoint(code: number): string {
  if (!isCharacter(code)) throw invalidXml('a reference to a character that XML does not allow');
  return String.fromCodePoint(code);
}

/** XML 1.0 section 2.2. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
