/** An element as it was read, with namespaces resolved. Plain data: comments, processing instructions and prefixes are not kept. */
export interface XmlElement {
  /** The namespace URI, or the empty string. */
  readonly namespace: string;
  /** The local name. */
  readonly name: string;
  /** Attributes by `{namespace}local` or, without a namespace, by local name. xmlns declarations are not among them. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Character data directly inside it, entities resolved; of an element with children the pieces between them joined and trimmed. */
  readonly text: string;
}

/** The first child of that name. Without a namespace: in any. */
export function findChild(parent: XmlElement | undefined, name: string, namespace?: string): XmlElement | undefined {
  return parent?.children.find(
    (child) => child.name === name && (namespace === undefined || child.namespace === namespace),
  );
}

/** The first element found by following names down from `parent`, in any namespace. */
export function findPath(parent: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined {
  return names.reduce<XmlElement | undefined>((element, name) => findChild(element, name), parent);
}

/** Whether two elements say the same, in the same order. */
export function isSameElement(one: XmlElement, other: XmlElement): boolean {
  return (
    one.name === other.name &&
    one.namespace === other.namespace &&
    one.text === other.text &&
    one.attributes.size === other.attributes.size &&
    one.children.length === other.children.length &&
    [...one.attributes].every(([key, value]) => other.attributes.get(key) === value) &&
    one.children.every((child, at) => {
      const counterpart = other.children[at];
      return counterpart !== undefined && isSameElement(child, counterpart);
    })
  );
}
