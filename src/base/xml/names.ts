import { invalidXml } from './invalidXml';

const start =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}' +
  '\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const unqualified = `[${start}][${start}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*`;
const qualifiedName = new RegExp(`^(?:${unqualified}:)?${unqualified}$`, 'u');
/** Nearly all names, and several times as fast. */
const plainName = /^(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*$/;

/** A qualified name in its parts; Namespaces in XML 1.0 section 4. */
export interface QualifiedName {
  /** As it is written. */
  readonly qualified: string;
  /** Empty when there is none. */
  readonly prefix: string;
  readonly local: string;
}

const mostKept = 4096;
const longestKept = 128;

/** Names of earlier elements and documents by their hash: most come again, and then cost neither a string nor a check. */
const kept = new Map<number, QualifiedName>();

/** The hash of a name, made while its characters are passed over, beginning with 0. */
export function hashOn(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

/** Throws `protocol.invalid` for what is no name with at most one prefix. */
export function nameAt(text: string, start: number, end: number, hash: number): QualifiedName {
  const qualified = text.slice(start, end);
  const known = kept.get(hash);
  if (known?.qualified === qualified) return known;
  const name = splitName(qualified);
  if (end - start > longestKept) return name;
  if (kept.size >= mostKept) kept.clear();
  kept.set(hash, name);
  return name;
}

function splitName(qualified: string): QualifiedName {
  if (!plainName.test(qualified) && !qualifiedName.test(qualified)) {
    throw invalidXml('a name with a character that names do not have');
  }
  const colon = qualified.indexOf(':');
  return { qualified, prefix: qualified.slice(0, Math.max(colon, 0)), local: qualified.slice(colon + 1) };
}
