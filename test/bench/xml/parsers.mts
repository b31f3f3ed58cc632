import { findChild, type XmlElement } from '../../../src/base/xml/element';
import { parseXml } from '../../../src/base/xml/parseXml';
import { peerRequire } from '../amt/peerRequire.mts';
import { remark } from './remark.mts';

/** How a document becomes objects. */
export interface XmlParser {
  parse(text: string): unknown;
  /** How many envelopes are in what was parsed, when entities and the namespaces that it resolves are right; otherwise none. */
  count(parsed: unknown): number;
}

const soap = 'http://www.w3.org/2003/05/soap-envelope';

const ours: XmlParser = {
  parse: (text) => parseXml(text),
  count: (parsed) => countElements(parsed as XmlElement),
};

interface Peer {
  readonly XMLParser: new (options: object) => { parse(text: string): unknown };
}
const peerOptions = { ignoreAttributes: false, parseTagValue: false, parseAttributeValue: false };

/** Its usual objects by name, in which prefixes stay as they are. */
function fastXmlParser(): XmlParser {
  const { XMLParser } = peerRequire()('fast-xml-parser') as Peer;
  const parser = new XMLParser(peerOptions);
  return { parse: (text) => parser.parse(text), count: countNamed };
}

/** What it keeps in order, made into elements like ours: names resolved by the declarations in scope. */
function fastXmlParserResolved(): XmlParser {
  const { XMLParser } = peerRequire()('fast-xml-parser') as Peer;
  const parser = new XMLParser({ ...peerOptions, preserveOrder: true, attributeNamePrefix: '' });
  return {
    parse: (text) => toElements(parser.parse(text) as readonly Ordered[], new Map([['', '']])).at(-1),
    count: (parsed) => countElements(parsed as XmlElement),
  };
}

export const parsers = {
  sideband: () => ours,
  'fast-xml-parser': fastXmlParser,
  'fast-xml-parser, names resolved': fastXmlParserResolved,
} as const satisfies Record<string, () => XmlParser>;
export type ParserName = keyof typeof parsers;

function countElements(root: XmlElement): number {
  const found = findChild(root, 'remark') ?? findChild(findChild(root, 'Header'), 'remark');
  if (found?.text !== remark.read) return 0;
  return [root, ...root.children].filter(({ name, namespace }) => name === 'Envelope' && namespace === soap).length;
}

function countNamed(parsed: unknown): number {
  if (!JSON.stringify(parsed).includes(`"remark":${JSON.stringify(remark.read)}`)) return 0;
  const { replies, ...alone } = parsed as { readonly replies?: object };
  const named = Object.entries(replies ?? alone).filter(([name]) => /(^|:)Envelope$/.test(name));
  return named.reduce((sum, [, found]) => sum + (Array.isArray(found) ? found.length : 1), 0);
}

/** One key is the name and holds what is inside, `:@` the attributes; `#text` is character data. */
type Ordered = Readonly<Record<string, unknown>>;

function toElements(ordered: readonly Ordered[], outer: ReadonlyMap<string, string>): readonly XmlElement[] {
  const elements: XmlElement[] = [];
  for (const one of ordered) {
    const tag = Object.keys(one)[0] ?? '';
    if (tag !== '#text' && !tag.startsWith('?')) elements.push(toElement(tag, one, outer));
  }
  return elements;
}

function toElement(tag: string, ordered: Ordered, outer: ReadonlyMap<string, string>): XmlElement {
  const given = Object.entries((ordered[':@'] ?? {}) as Readonly<Record<string, string>>);
  const declared = given.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  const scope =
    declared.length === 0
      ? outer
      : new Map([...outer, ...declared.map(([name, uri]) => [name.slice(6), uri] as const)]);
  const inside = ordered[tag] as readonly Ordered[];
  const text = inside.map((one) => (one['#text'] as string | undefined) ?? '').join('');
  const attributes = given.filter((attribute) => !declared.includes(attribute));
  return {
    ...resolve(tag, scope),
    attributes: new Map(attributes.map(([name, value]) => [keyOf(name, scope), value])),
    children: toElements(inside, scope),
    text,
  };
}

function keyOf(name: string, scope: ReadonlyMap<string, string>): string {
  if (!name.includes(':')) return name;
  const resolved = resolve(name, scope);
  return `{${resolved.namespace}}${resolved.name}`;
}

function resolve(
  tag: string,
  scope: ReadonlyMap<string, string>,
): { readonly namespace: string; readonly name: string } {
  const colon = tag.indexOf(':');
  return { namespace: scope.get(tag.slice(0, Math.max(colon, 0))) ?? '', name: tag.slice(colon + 1) };
}
