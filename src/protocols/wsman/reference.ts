import { SidebandError } from '../../base/errors';
import { findChild, type XmlElement } from '../../base/xml/element';
import { anonymous, namespaces } from './namespaces';
import { element } from './tree';
import type { EndpointReference, Selectors } from './values';

const mostNesting = 8;

/**
 * Reads what an endpoint reference consists of, `Address` and `ReferenceParameters`, from the element around them or from an
 * `EndpointReference` inside it. Undefined when there is none, or one without a class: so devices write a reference to nothing.
 */
export function readReference(holder: XmlElement, nesting = 0): EndpointReference | undefined {
  if (nesting > mostNesting) throw new SidebandError('protocol.invalid', 'references nested too deeply');
  const inner = findChild(holder, 'EndpointReference') ?? holder;
  // WinRM calls them properties.
  const parameters = findChild(inner, 'ReferenceParameters') ?? findChild(inner, 'ReferenceProperties');
  const resourceUri = findChild(parameters, 'ResourceURI')?.text.trim() ?? '';
  if (resourceUri === '') return undefined;
  const selectors = readSelectors(findChild(parameters, 'SelectorSet'), nesting);
  const address = findChild(inner, 'Address')?.text.trim();
  return { resourceUri, selectors, ...(address !== undefined && { address }) };
}

function readSelectors(set: XmlElement | undefined, nesting: number): Selectors {
  const selectors = new Map<string, string | EndpointReference>();
  for (const selector of set?.children ?? []) {
    const name = selector.attributes.get('Name') ?? selector.attributes.get(`{${namespaces.wsman}}Name`);
    if (name === undefined) throw new SidebandError('protocol.invalid', 'a selector without a name');
    selectors.set(name, readReference(selector, nesting + 1) ?? selector.text);
  }
  return Object.fromEntries(selectors);
}

/** The children of a reference-valued element. */
export function referenceContent(reference: EndpointReference): readonly XmlElement[] {
  return [
    element(namespaces.addressing, 'Address', anonymous),
    element(namespaces.addressing, 'ReferenceParameters', [
      element(namespaces.wsman, 'ResourceURI', reference.resourceUri),
      selectorSet(reference.selectors),
    ]),
  ];
}

export function selectorSet(selectors: Selectors): XmlElement {
  return element(
    namespaces.wsman,
    'SelectorSet',
    Object.entries(selectors).map(([name, value]) =>
      element(namespaces.wsman, 'Selector', typeof value === 'string' ? value : [wholeReference(value)], {
        Name: name,
      }),
    ),
  );
}

function wholeReference(reference: EndpointReference): XmlElement {
  return element(namespaces.addressing, 'EndpointReference', referenceContent(reference));
}
