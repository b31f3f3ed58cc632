import type { XmlElement } from '../../base/xml/element';

const noAttributes: ReadonlyMap<string, string> = new Map();
const noChildren: readonly XmlElement[] = [];

/** An element to be sent, with text or with children. Attributes by `{namespace}local` or `local`. */
export function element(
  namespace: string,
  name: string,
  content: string | readonly XmlElement[] = '',
  attributes?: Readonly<Record<string, string>>,
): XmlElement {
  const isText = typeof content === 'string';
  return {
    namespace,
    name,
    attributes: attributes ? new Map(Object.entries(attributes)) : noAttributes,
    children: isText ? noChildren : content,
    text: isText ? content : '',
  };
}
