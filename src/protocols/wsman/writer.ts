import { SidebandError } from '../../base/errors';
import type { XmlElement } from '../../base/xml/element';
import { escapeXml } from '../../base/xml/escapeXml';
import { namespaces } from './namespaces';

/** Of an envelope's own elements. */
const ownPrefixes: ReadonlyMap<string, string> = new Map([
  [namespaces.soap, 's'],
  [namespaces.addressing, 'a'],
  [namespaces.wsman, 'w'],
]);
const ownDeclarations = [...ownPrefixes].map(([namespace, prefix]) => declaration(namespace, prefix)).join('');
const prefixes: ReadonlyMap<string, string> = new Map([
  [namespaces.enumeration, 'n'],
  [namespaces.eventing, 'e'],
  [namespaces.trust, 't'],
  [namespaces.security, 'o'],
  [namespaces.common, 'c'],
  [namespaces.instance, 'xsi'],
  ['http://www.w3.org/XML/1998/namespace', 'xml'],
]);
const typeAttribute = `{${namespaces.instance}}type`;

/** Writes elements without white space or default namespaces. The envelope around them declares their prefixes. */
export class ElementWriter {
  /** The prefixes of other namespaces that are in use. */
  readonly #used = new Map<string, string>();
  #declarations = ownDeclarations;

  /** Of all prefixes so far, as attributes, and of an envelope's own in any case. */
  get declarations(): string {
    return this.#declarations;
  }

  /** Throws `usage.invalid` for text that XML cannot carry. */
  write(element: XmlElement): string {
    const tag = `${this.#prefixOf(element.namespace)}${element.name}`;
    let attributes = '';
    for (const [key, value] of element.attributes) attributes += this.#writeAttribute(key, value);
    let content = escapeXml(element.text);
    for (const child of element.children) content += this.write(child);
    return content === '' ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${content}</${tag}>`;
  }

  #writeAttribute(key: string, value: string): string {
    const { namespace, name } = splitKey(key);
    if (key !== typeAttribute) return ` ${this.#prefixOf(namespace)}${name}="${escapeXml(value)}"`;
    // A prefixed name as value is only known where it was read; what we made ourselves names its namespace in braces.
    if (!value.startsWith('{')) return '';
    const type = splitKey(value);
    return ` ${this.#prefixOf(namespace)}${name}="${this.#prefixOf(type.namespace)}${escapeXml(type.name)}"`;
  }

  /** With its colon; empty for no namespace. */
  #prefixOf(namespace: string): string {
    if (namespace === '') return '';
    const known = ownPrefixes.get(namespace) ?? this.#used.get(namespace);
    if (known !== undefined) return `${known}:`;
    const prefix = prefixes.get(namespace) ?? otherPrefix(this.#used);
    this.#used.set(namespace, prefix);
    if (prefix !== 'xml') this.#declarations += declaration(namespace, prefix);
    return `${prefix}:`;
  }
}

function declaration(namespace: string, prefix: string): string {
  return ` xmlns:${prefix}="${escapeXml(namespace)}"`;
}

function splitKey(key: string): { readonly namespace: string; readonly name: string } {
  if (!key.startsWith('{')) return { namespace: '', name: key };
  const end = key.indexOf('}');
  return { namespace: key.slice(1, end), name: key.slice(end + 1) };
}

/** `r` for the class, then `r1`, `r2` for what is embedded. */
function otherPrefix(used: ReadonlyMap<string, string>): string {
  const others = [...used.values()].filter((prefix) => /^r\d*$/.test(prefix)).length;
  if (others > 99) throw new SidebandError('usage.invalid', 'too many namespaces in one request');
  return others === 0 ? 'r' : `r${others}`;
}
