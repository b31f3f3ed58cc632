import { normalizeAttribute } from './characterData';
import { type Cursor, marks } from './cursor';
import { invalidXml } from './invalidXml';
import type { XmlName } from './names';
import type { NamespaceScope } from './namespaces';

/** What follows the name in a start tag. */
export interface TagRest {
  readonly scope: NamespaceScope;
  readonly attributes: ReadonlyMap<string, string>;
  /** Of attributes and declarations. */
  readonly count: number;
  /** It is an empty-element tag. */
  readonly isEmpty: boolean;
}

export const noAttributes: ReadonlyMap<string, string> = new Map();

/** Reads from behind the name of a start tag to behind its end. Namespaces declared there hold for the tag itself. */
export function readTagRest(cursor: Cursor, outer: NamespaceScope, maxAttributes: number): TagRest {
  const given: (readonly [name: XmlName, value: string])[] = [];
  let declared: Map<string, string> | undefined;
  let count = 0;
  for (let before = cursor.at; ; before = cursor.at) {
    cursor.skipSpace();
    const code = cursor.code();
    if (code === marks.greater || code === marks.slash) break;
    if (cursor.at === before) throw invalidXml('attributes without a space between them');
    const name = cursor.readName();
    skipEquals(cursor);
    const value = readValue(cursor);
    if (name.prefix === 'xmlns') add((declared ??= new Map<string, string>()), name.local, value);
    else if (name.qualified === 'xmlns') add((declared ??= new Map<string, string>()), '', value);
    else given.push([name, value]);
    if (++count > maxAttributes) throw invalidXml('too many attributes');
  }
  const isEmpty = cursor.code() === marks.slash;
  if (isEmpty) cursor.at++;
  cursor.expect(marks.greater);
  const scope = declared ? outer.within(declared) : outer;
  return { scope, attributes: given.length > 0 ? resolveKeys(given, scope) : noAttributes, count, isEmpty };
}

function skipEquals(cursor: Cursor): void {
  cursor.skipSpace();
  if (cursor.code() !== marks.equals) throw invalidXml('an attribute without a value');
  cursor.at++;
  cursor.skipSpace();
}

function readValue(cursor: Cursor): string {
  const mark = cursor.code();
  if (mark !== marks.quote && mark !== marks.apostrophe) throw invalidXml('an attribute value without quotes');
  const start = cursor.at + 1;
  const end = cursor.find(mark === marks.quote ? '"' : "'", start);
  cursor.at = end + 1;
  return normalizeAttribute(cursor.text.slice(start, end));
}

function resolveKeys(
  given: readonly (readonly [name: XmlName, value: string])[],
  scope: NamespaceScope,
): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [name, value] of given) add(attributes, scope.attributeKey(name), value);
  return attributes;
}

function add(attributes: Map<string, string>, key: string, value: string): void {
  if (attributes.has(key)) throw invalidXml('an attribute given twice');
  attributes.set(key, value);
}
