import { SidebandError } from '../../base/errors';
import type { XmlElement } from '../../base/xml/element';
import { escapeXml } from '../../base/xml/escapeXml';
import { namespaces } from './namespaces';

/** Short, and always there: some controllers look for `x:Envelope` by its text, and none of them minds. */
const prefixes: ReadonlyMap<string, string> = new Map([
  [namespaces.soap, 's'],
  [namespaces.addressing, 'a'],
  [namespaces.wsman, 'w'],
  [namespaces.enumeration, 'n'],
  [namespaces.eventing, 'e'],
  [namespaces.trust, 't'],
  [namespaces.security, 'o'],
  [namespaces.common, 'c'],
  [namespaces.instance, 'xsi'],
  ['http://www.w3.org/XML/1998/namespace', 'xml'],
]);
const typeAttribute = `{${namespaces.instance}}type`;

/** Writes a document without white space or default namespaces. All prefixes are declared at the root. */
export function writeXml(root: XmlElement): string {
  const used = new Map<string, string>();
  const body = writeElement(root, used);
  const declarations = [...used]
    .filter(([, prefix]) => prefix !== 'xml')
    .map(([uri, prefix]) => ` xmlns:${prefix}="${escapeXml(uri)}"`);
  const nameEnd = body.search(/[\s/>]/);
  return `<?xml version="1.0" encoding="UTF-8"?>${body.slice(0, nameEnd)}${declarations.join('')}${body.slice(nameEnd)}`;
}

function writeElement(element: XmlElement, used: Map<string, string>): string {
  const tag = `${prefixOf(element.namespace, used)}${element.name}`;
  let attributes = '';
  for (const [key, value] of element.attributes) attributes += writeAttribute(key, value, used);
  let content = escapeXml(element.text);
  for (const child of element.children) content += writeElement(child, used);
  return content === '' ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${content}</${tag}>`;
}

function writeAttribute(key: string, value: string, used: Map<string, string>): string {
  const { namespace, name } = splitKey(key);
  if (key !== typeAttribute) return ` ${prefixOf(namespace, used)}${name}="${escapeXml(value)}"`;
  // A prefixed name as value is only known where it was read; what we made ourselves names its namespace in braces.
  if (!value.startsWith('{')) return '';
  const type = splitKey(value);
  return ` ${prefixOf(namespace, used)}${name}="${prefixOf(type.namespace, used)}${escapeXml(type.name)}"`;
}

function splitKey(key: string): { readonly namespace: string; readonly name: string } {
  if (!key.startsWith('{')) return { namespace: '', name: key };
  const end = key.indexOf('}');
  return { namespace: key.slice(1, end), name: key.slice(end + 1) };
}

/** With its colon; empty for no namespace. */
function prefixOf(namespace: string, used: Map<string, string>): string {
  if (namespace === '') return '';
  const known = used.get(namespace);
  if (known !== undefined) return `${known}:`;
  const prefix = prefixes.get(namespace) ?? otherPrefix(used);
  used.set(namespace, prefix);
  return `${prefix}:`;
}

/** `r` for the class, then `r1`, `r2` for what is embedded. */
function otherPrefix(used: ReadonlyMap<string, string>): string {
  const others = [...used.values()].filter((prefix) => /^r\d*$/.test(prefix)).length;
  if (others > 99) throw new SidebandError('usage.invalid', 'too many namespaces in one request');
  return others === 0 ? 'r' : `r${others}`;
}
