import type { XmlElement } from '../../base/xml/element';
import { anonymous, namespaces } from './namespaces';
import { selectorSet } from './reference';
import { element } from './tree';
import type { Selectors } from './values';
import { writeXml } from './writer';

/** A request, apart from what the session adds. DSP0226 section 5. */
export interface Message {
  readonly action: string;
  readonly resourceUri: string;
  readonly selectors?: Selectors;
  /** Header blocks besides the usual. */
  readonly headers?: readonly XmlElement[];
  /** Inside the body; most reads have none. */
  readonly body?: XmlElement;
}

export interface Addressing {
  readonly to: string;
  readonly messageId: string;
  readonly operationTimeoutMs: number;
  /** Absent: the device's own limit holds. */
  readonly maxEnvelopeBytes?: number | undefined;
}

export function writeEnvelope(message: Message, addressing: Addressing): string {
  const { addressing: a, wsman: w, soap: s } = namespaces;
  const { maxEnvelopeBytes } = addressing;
  const header = element(s, 'Header', [
    element(a, 'Action', message.action),
    element(a, 'To', addressing.to),
    element(w, 'ResourceURI', message.resourceUri),
    element(a, 'MessageID', addressing.messageId),
    element(a, 'ReplyTo', [element(a, 'Address', anonymous)]),
    ...(maxEnvelopeBytes === undefined ? [] : [element(w, 'MaxEnvelopeSize', String(maxEnvelopeBytes))]),
    element(w, 'OperationTimeout', `PT${Math.ceil(addressing.operationTimeoutMs / 1000)}S`),
    ...(message.selectors && Object.keys(message.selectors).length > 0 ? [selectorSet(message.selectors)] : []),
    ...(message.headers ?? []),
  ]);
  return writeXml(element(s, 'Envelope', [header, element(s, 'Body', message.body ? [message.body] : [])]));
}
