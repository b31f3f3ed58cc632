import { normalizeAttribute } from './characterData';
import { type Cursor, isSpace, marks } from './cursor';
import { invalidXml } from './invalidXml';
import { assertName, type NamespaceScope } from './namespaces';

/** What follows the name in a start tag. */
export interface TagRest {
  readonly scope: NamespaceScope;
  readonly attributes: ReadonlyMap<string, string>;
  /** It is an empty-element tag. */
  readonly isEmpty: boolean;
}

export const noAttributes: ReadonlyMap<string, string> = new Map();

/** Reads from behind the name of a start tag to behind its end. Namespaces declared there hold for the tag itself. */
export function readTagRest(cursor: Cursor, outer: NamespaceScope, maxAttributes: number): TagRest {
  const given = new Map<string, string>();
  const declared = new Map<string, string>();
  for (let before = cursor.at; ; before = cursor.at) {
    cursor.skipSpace();
    const code = cursor.code();
    if (code === marks.greater || code === marks.slash) break;
    if (cursor.at === before) throw invalidXml('attributes without a space between them');
    const name = readName(cursor);
    const value = readValue(cursor);
    const isDeclaration = name === 'xmlns' || name.startsWith('xmlns:');
    if (isDeclaration) assertName(name);
    add(isDeclaration ? declared : given, isDeclaration ? name.slice('xmlns:'.length) : name, value);
    if (given.size + declared.size > maxAttributes) throw invalidXml('too many attributes');
  }
  const isEmpty = cursor.code() === marks.slash;
  if (isEmpty) cursor.at++;
  cursor.expect(marks.greater);
  const scope = declared.size > 0 ? outer.within(declared) : outer;
  return { scope, attributes: given.size > 0 ? resolveKeys(given, scope) : noAttributes, isEmpty };
}

function readName(cursor: Cursor): string {
  const start = cursor.at;
  for (let code = cursor.code(); code !== marks.equals && !isSpace(code); code = cursor.code()) {
    if (code === marks.greater || code === marks.less || code === marks.slash) {
      throw invalidXml('an attribute without a value');
    }
    cursor.at++;
  }
  const name = cursor.text.slice(start, cursor.at);
  cursor.skipSpace();
  cursor.expect(marks.equals);
  cursor.skipSpace();
  return name;
}

function readValue(cursor: Cursor): string {
  const mark = cursor.code();
  if (mark !== marks.quote && mark !== marks.apostrophe) throw invalidXml('an attribute value without quotes');
  const start = cursor.at + 1;
  const end = cursor.find(mark === marks.quote ? '"' : "'", start);
  const value = cursor.text.slice(start, end);
  if (value.includes('<')) throw invalidXml('a less-than sign in an attribute value');
  cursor.at = end + 1;
  return normalizeAttribute(value);
}

function resolveKeys(given: ReadonlyMap<string, string>, scope: NamespaceScope): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [qualified, value] of given) add(attributes, scope.attributeKey(qualified), value);
  return attributes;
}

function add(attributes: Map<string, string>, key: string, value: string): void {
  if (attributes.has(key)) throw invalidXml('an attribute given twice');
  attributes.set(key, value);
}
