import { findChild, type XmlElement } from '../../../base/xml/element';
import { parseXml } from '../../../base/xml/parseXml';
import { toKeys } from '../model/sent';
import { classOfUri, type Keys } from '../model/values';
import * as ns from './namespaces';

/** A console's request, taken out of its envelope. */
export interface WsmanRequest {
  readonly messageId: string;
  readonly action: string;
  readonly resourceUri: string;
  /** The class, when the URI is one of AMT's. */
  readonly className: string | undefined;
  /** Absent when what was sent as selectors is none. */
  readonly selectors: Keys | undefined;
  readonly header: XmlElement;
  /** What is in the body. */
  readonly body: XmlElement | undefined;
}

/** Requests are small: nothing that a console sends is nested deeper or longer. */
const limits = { maxBytes: 65_536, maxDepth: 32, maxElements: 2000, maxAttributes: 32 };

/** Nothing for what is no SOAP envelope, which devices answer without one. */
export function readRequest(body: Uint8Array): WsmanRequest | undefined {
  let envelope: XmlElement;
  try {
    envelope = parseXml(body, limits);
  } catch {
    return undefined;
  }
  if (envelope.namespace !== ns.soap || envelope.name !== 'Envelope') return undefined;
  const header = findChild(envelope, 'Header', ns.soap);
  const soapBody = findChild(envelope, 'Body', ns.soap);
  if (!header || !soapBody) return undefined;
  const textOf = (name: string, namespace: string): string => findChild(header, name, namespace)?.text.trim() ?? '';
  const resourceUri = textOf('ResourceURI', ns.wsman);
  return {
    messageId: textOf('MessageID', ns.addressing),
    action: textOf('Action', ns.addressing),
    resourceUri,
    className: classOfUri(resourceUri),
    selectors: readSelectors(header),
    header,
    body: soapBody.children[0],
  };
}

function readSelectors(header: XmlElement): Keys | undefined {
  try {
    return toKeys(findChild(header, 'SelectorSet', ns.wsman));
  } catch {
    return undefined;
  }
}
