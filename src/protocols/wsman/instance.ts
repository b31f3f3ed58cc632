import type { XmlElement } from '../../base/xml/element';
import { namespaces } from './namespaces';
import { toElements } from './sendable';
import { element } from './tree';
import type { Properties, Sendable } from './values';

const nil = `{${namespaces.instance}}nil`;

/** As received, or as it will be sent. */
type Property =
  | { readonly name: string; readonly received: readonly XmlElement[] }
  | { readonly name: string; readonly changed: Sendable };

/**
 * An instance of a CIM class, or the output of a method: every property as the device sent it, in its order, unknown ones too.
 * Properties are told apart by local name, for devices are not strict about their namespace.
 */
export class Instance {
  /** The local name of its element. */
  readonly className: string;
  /** The namespace of its element. */
  readonly resourceUri: string;
  readonly #properties: ReadonlyMap<string, Property>;

  private constructor(className: string, resourceUri: string, properties: ReadonlyMap<string, Property>) {
    this.className = className;
    this.resourceUri = resourceUri;
    this.#properties = properties;
  }

  static read(element: XmlElement): Instance {
    const received = new Map<string, { readonly name: string; readonly received: XmlElement[] }>();
    for (const child of element.children) {
      const known = received.get(child.name);
      if (known) known.received.push(child);
      else received.set(child.name, { name: child.name, received: [child] });
    }
    return new Instance(element.name, element.namespace, received);
  }

  /** One to send: `className` is the last part of `resourceUri`. */
  static of(resourceUri: string, properties: Properties): Instance {
    const className = resourceUri.slice(resourceUri.lastIndexOf('/') + 1);
    return new Instance(
      className,
      resourceUri,
      new Map(Object.entries(properties).map(([name, changed]) => [name, { name, changed }])),
    );
  }

  /** Distinct names of its properties, in the device's order. */
  get names(): readonly string[] {
    return [...this.#properties.keys()];
  }

  /** The elements of that property: several for an array, none when it is absent. */
  all(name: string): readonly XmlElement[] {
    const property = this.#properties.get(name);
    if (!property) return [];
    return 'received' in property ? property.received : toElements(this.resourceUri, name, property.changed);
  }

  /** The text of the first element of that property, of a datetime or interval what is inside; undefined when absent or nil. */
  text(name: string): string | undefined {
    const [first] = this.all(name);
    return first && textOf(first);
  }

  /** Replaces or adds properties; undefined removes. Added ones take their place in the alphabet, as devices order them. */
  with(changes: Properties): Instance {
    const properties = new Map(this.#properties);
    const added: Property[] = [];
    for (const [name, changed] of Object.entries(changes)) {
      if (changed === undefined) properties.delete(name);
      else if (properties.has(name)) properties.set(name, { name, changed });
      else added.push({ name, changed });
    }
    return new Instance(this.className, this.resourceUri, added.reduce(insert, properties));
  }

  without(...names: readonly string[]): Instance {
    return this.#filter((name) => !names.includes(name));
  }

  only(...names: readonly string[]): Instance {
    return this.#filter((name) => names.includes(name));
  }

  /** To be sent: here secrets come into the open. */
  toElement(): XmlElement {
    return element(
      this.resourceUri,
      this.className,
      this.names.flatMap((name) => this.all(name)),
    );
  }

  #filter(isKept: (name: string) => boolean): Instance {
    const properties = new Map([...this.#properties].filter(([name]) => isKept(name)));
    return new Instance(this.className, this.resourceUri, properties);
  }
}

/** The text of a property's element; of a datetime or interval what is inside; undefined when nil. */
export function textOf(element: XmlElement): string | undefined {
  if (isNil(element)) return undefined;
  return isWrapped(element) ? element.children[0]?.text : element.text;
}

/** Whether there is one element inside, which holds the text. */
export function isWrapped({ children, text }: XmlElement): boolean {
  return children.length === 1 && text === '' && children[0]?.children.length === 0;
}

export function isNil(element: XmlElement): boolean {
  const value = element.attributes.get(nil);
  return value === 'true' || value === '1';
}

function insert(properties: Map<string, Property>, added: Property): Map<string, Property> {
  const entries = [...properties];
  // Devices order by character code: capitals before small letters.
  const at = entries.findIndex(([name]) => name > added.name);
  entries.splice(at < 0 ? entries.length : at, 0, [added.name, added]);
  return new Map(entries);
}
