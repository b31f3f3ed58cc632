import type { XmlElement } from '../../base/xml/element';

/** An element to be sent, with text or with children. Attributes by `{namespace}local` or `local`. */
export function element(
  namespace: string,
  name: string,
  content: string | readonly XmlElement[] = '',
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  const isText = typeof content === 'string';
  return {
    namespace,
    name,
    attributes: new Map(Object.entries(attributes)),
    children: isText ? [] : content,
    text: isText ? content : '',
  };
}
