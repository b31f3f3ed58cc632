import { invalidXml } from './invalidXml';

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';
const start =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}' +
  '\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const unqualified = `[${start}][${start}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*`;
/** Nearly all names, and several times as fast. */
const plainName = /^(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*$/;
const qualifiedName = new RegExp(`^(?:${unqualified}:)?${unqualified}$`, 'u');

export interface ResolvedName {
  readonly namespace: string;
  readonly name: string;
}

/** The namespaces that are declared at one place of a document, and the names resolved there so far. Namespaces in XML 1.0. */
export class NamespaceScope {
  readonly #parent: NamespaceScope | undefined;
  readonly #uris: ReadonlyMap<string, string>;
  readonly #names = new Map<string, ResolvedName>();

  private constructor(uris: ReadonlyMap<string, string>, parent?: NamespaceScope) {
    this.#uris = uris;
    this.#parent = parent;
  }

  static outermost(): NamespaceScope {
    return new NamespaceScope(
      new Map([
        ['', ''],
        ['xml', xmlNamespace],
      ]),
    );
  }

  /** The scope of an element with these declarations, by prefix. */
  within(declared: ReadonlyMap<string, string>): NamespaceScope {
    for (const [prefix, uri] of declared) {
      const isReserved = uri === xmlnsNamespace || prefix === 'xmlns' || (prefix === 'xml') !== (uri === xmlNamespace);
      if (isReserved || (uri === '' && prefix !== '')) throw invalidXml('a namespace declaration that is not allowed');
    }
    return new NamespaceScope(declared, this);
  }

  /** Of an element: without a prefix it is in the default namespace. */
  elementName(qualified: string): ResolvedName {
    const known = this.#names.get(qualified);
    if (known) return known;
    const resolved = this.#resolve(qualified);
    this.#names.set(qualified, resolved);
    return resolved;
  }

  /** Of an attribute: without a prefix it is in no namespace. Gives `{namespace}local` or `local`. */
  attributeKey(qualified: string): string {
    if (!qualified.includes(':')) {
      assertName(qualified);
      return qualified;
    }
    const { namespace, name } = this.elementName(qualified);
    return `{${namespace}}${name}`;
  }

  #resolve(qualified: string): ResolvedName {
    assertName(qualified);
    const colon = qualified.indexOf(':');
    const prefix = colon < 0 ? '' : qualified.slice(0, colon);
    const namespace = this.#uriOf(prefix);
    if (namespace === undefined) throw invalidXml('a prefix that no namespace is declared for');
    return { namespace, name: qualified.slice(colon + 1) };
  }

  #uriOf(prefix: string): string | undefined {
    const uri = this.#uris.get(prefix);
    return uri === undefined && this.#parent ? this.#parent.#uriOf(prefix) : uri;
  }
}

/** Throws `protocol.invalid` for what is no name with at most one prefix. */
export function assertName(name: string): void {
  if (!plainName.test(name) && !qualifiedName.test(name))
    throw invalidXml('a name with a character that names do not have');
}
