import { Cursor, marks } from './cursor';
import { decodeXml, type XmlEncoding } from './decodeXml';
import type { XmlElement } from './element';
import { type ElementLimits, ElementReader } from './elements';
import { invalidXml, truncatedXml } from './invalidXml';

/** What a document may ask of its reader. */
export interface XmlLimits extends ElementLimits {
  /** Of the encoded document; of a string, its length. */
  readonly maxBytes: number;
}

const usualLimits: XmlLimits = { maxBytes: 16 << 20, maxDepth: 64, maxElements: 200_000, maxAttributes: 64 };

// XML 1.0 section 2.2.
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const space = '[ \\t\\n]';
const equals = `${space}*=${space}*`;
const declaration = new RegExp(
  `^<\\?xml${space}+version${equals}(["'])1\\.[0-9]+\\1` +
    `(?:${space}+encoding${equals}(["'])(?<encoding>[A-Za-z][A-Za-z0-9._-]*)\\2)?` +
    `(?:${space}+standalone${equals}(["'])(?:yes|no)\\4)?${space}*\\?>`,
);
/** What nearly all devices write. */
const usualDeclaration = '<?xml version="1.0" encoding="UTF-8"?>';
const readable: Readonly<Record<XmlEncoding, RegExp>> = {
  'utf-8': /^(utf-?8|us-ascii)$/i,
  'utf-16': /^utf-?16(le|be)?$/i,
};

/**
 * Reads one document, XML 1.0 with namespaces, as hostile input: a document type is refused, so there are no entities beyond the five
 * predefined ones. Throws `protocol.truncated` when the document ends in the middle, `protocol.invalid` for everything else that is
 * not well-formed or beyond the limits.
 */
export function parseXml(source: string | Uint8Array, limits: Partial<XmlLimits> = {}): XmlElement {
  const bounds = { ...usualLimits, ...limits };
  if (source.length > bounds.maxBytes) throw invalidXml(`the document is longer than ${bounds.maxBytes} bytes`);
  const { text, encoding } = typeof source === 'string' ? { text: source, encoding: undefined } : decodeXml(source);
  const cursor = new Cursor(prepare(text));
  skipDeclaration(cursor, encoding);
  skipMisc(cursor);
  if (cursor.isAtEnd()) throw truncatedXml();
  const root = new ElementReader(cursor, bounds).read();
  skipMisc(cursor);
  if (!cursor.isAtEnd()) throw invalidXml('something after the end of the document');
  return root;
}

/** Line ends become one character, XML 1.0 section 2.11. */
function prepare(text: string): string {
  if (forbidden.test(text) || !text.isWellFormed()) throw invalidXml('a character that XML does not allow');
  const unmarked = text.startsWith('\ufeff') ? text.slice(1) : text;
  return unmarked.includes('\r') ? unmarked.replace(/\r\n?/g, '\n') : unmarked;
}

function skipDeclaration(cursor: Cursor, encoding: XmlEncoding | undefined): void {
  if (encoding !== 'utf-16' && cursor.text.startsWith(usualDeclaration)) {
    cursor.at = usualDeclaration.length;
    return;
  }
  if (!/^<\?xml[ \t\n]/.test(cursor.text)) return;
  const found = declaration.exec(cursor.text);
  if (!found) throw cursor.text.includes('?>') ? invalidXml('a declaration that is not one') : truncatedXml();
  const declared = found.groups?.encoding;
  if (encoding && declared && !readable[encoding].test(declared)) {
    throw invalidXml('an encoding other than UTF-8 or UTF-16');
  }
  cursor.at = found[0].length;
}

/** White space, comments and processing instructions outside the root element. */
function skipMisc(cursor: Cursor): void {
  for (;;) {
    cursor.skipSpace();
    if (cursor.isAtEnd()) return;
    if (cursor.code() !== marks.less) throw invalidXml('text outside the root element');
    const next = cursor.text.charCodeAt(cursor.at + 1);
    if (next === marks.question) cursor.skipInstruction();
    else if (next === marks.exclamation) cursor.skipComment();
    else return;
  }
}
