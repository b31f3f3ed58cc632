import { copyOf } from './copyOf';
import { invalidXml } from './invalidXml';

const start =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}' +
  '\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const unqualified = `[${start}][${start}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*`;
const qualifiedName = new RegExp(`^(?:${unqualified}:)?${unqualified}$`, 'u');
/** Nearly all names, and several times as fast. */
const plainName = /^(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*$/;

/** A qualified name in its parts; Namespaces in XML 1.0 section 4. */
export class XmlName {
  /** As it is written. */
  readonly qualified: string;
  /** Empty when there is none. */
  readonly prefix: string;
  readonly local: string;
  /** Whether the documents to come find it again. */
  readonly isKept: boolean;
  /** The kept name that was read after it the last time: documents of a kind repeat themselves. */
  next: XmlName | undefined;

  constructor(qualified: string, keeping: 'kept' | 'not kept') {
    const colon = qualified.indexOf(':');
    this.qualified = qualified;
    this.prefix = qualified.slice(0, Math.max(colon, 0));
    this.local = qualified.slice(colon + 1);
    this.isKept = keeping === 'kept';
  }
}

/** Before the first name of a document. */
export const noName = new XmlName('', 'kept');

const mostKept = 4096;
const longestKept = 128;
/** By their hash. Once it is full it stays as it is: a device that makes names up costs others time, but never memory. */
const kept = new Map<number, XmlName>();

/** The hash of a name, made while its characters are passed over, beginning with 0. */
export function hashOn(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

/** Throws `protocol.invalid` for what is no name with at most one prefix. */
export function nameAt(text: string, start: number, end: number, hash: number): XmlName {
  const qualified = text.slice(start, end);
  const known = kept.get(hash);
  if (known?.qualified === qualified) return known;
  assertName(qualified);
  if (known || kept.size >= mostKept || qualified.length > longestKept) return new XmlName(qualified, 'not kept');
  const name = new XmlName(copyOf(qualified), 'kept');
  kept.set(hash, name);
  return name;
}

function assertName(name: string): void {
  if (!plainName.test(name) && !qualifiedName.test(name)) {
    throw invalidXml('a name with a character that names do not have');
  }
}
