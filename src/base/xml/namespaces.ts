import { invalidXml } from './invalidXml';
import type { XmlName } from './names';

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

/** The namespaces that are declared at one place of a document. Namespaces in XML 1.0. */
export class NamespaceScope {
  readonly #parent: NamespaceScope | undefined;
  readonly #uris: ReadonlyMap<string, string>;

  private constructor(uris: ReadonlyMap<string, string>, parent?: NamespaceScope) {
    this.#uris = uris;
    this.#parent = parent;
  }

  static readonly outermost = new NamespaceScope(
    new Map([
      ['', ''],
      ['xml', xmlNamespace],
    ]),
  );

  /** The scope of an element with these declarations, by prefix. */
  within(declared: ReadonlyMap<string, string>): NamespaceScope {
    for (const [prefix, uri] of declared) {
      const isReserved = uri === xmlnsNamespace || prefix === 'xmlns' || (prefix === 'xml') !== (uri === xmlNamespace);
      if (isReserved || (uri === '' && prefix !== '')) throw invalidXml('a namespace declaration that is not allowed');
    }
    return new NamespaceScope(declared, this);
  }

  /** The namespace of a prefix; of none, the default namespace. */
  uriOf(prefix: string): string {
    const uri = this.#find(prefix);
    if (uri === undefined) throw invalidXml('a prefix that no namespace is declared for');
    return uri;
  }

  /** Of an attribute: without a prefix it is in no namespace. Gives `{namespace}local` or `local`. */
  attributeKey({ prefix, local }: XmlName): string {
    return prefix === '' ? local : `{${this.uriOf(prefix)}}${local}`;
  }

  #find(prefix: string): string | undefined {
    const uri = this.#uris.get(prefix);
    return uri === undefined && this.#parent ? this.#parent.#find(prefix) : uri;
  }
}
