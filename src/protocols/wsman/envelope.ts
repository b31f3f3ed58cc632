import type { XmlElement } from '../../base/xml/element';
import { escapeXml } from '../../base/xml/escapeXml';
import { anonymous } from './namespaces';
import { selectorSet } from './reference';
import type { Selectors } from './values';
import { ElementWriter } from './writer';

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

const replyTo = `<a:ReplyTo><a:Address>${anonymous}</a:Address></a:ReplyTo>`;

/** Prefixes are short, and always there: some controllers look for `x:Envelope` by its text, and none of them minds. */
export function writeEnvelope(message: Message, addressing: Addressing): string {
  const { action, resourceUri, selectors = {}, headers = [], body } = message;
  const { to, messageId, operationTimeoutMs, maxEnvelopeBytes } = addressing;
  const writer = new ElementWriter();
  const selected = Object.keys(selectors).length > 0 ? writer.write(selectorSet(selectors)) : '';
  const others = headers.map((header) => writer.write(header)).join('');
  const soapBody = body ? `<s:Body>${writer.write(body)}</s:Body>` : '<s:Body/>';
  const longest = maxEnvelopeBytes === undefined ? '' : `<w:MaxEnvelopeSize>${maxEnvelopeBytes}</w:MaxEnvelopeSize>`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?><s:Envelope${writer.declarations}><s:Header>` +
    `<a:Action>${escapeXml(action)}</a:Action><a:To>${escapeXml(to)}</a:To>` +
    `<w:ResourceURI>${escapeXml(resourceUri)}</w:ResourceURI><a:MessageID>${escapeXml(messageId)}</a:MessageID>` +
    `${replyTo}${longest}<w:OperationTimeout>PT${Math.ceil(operationTimeoutMs / 1000)}S</w:OperationTimeout>` +
    `${selected}${others}</s:Header>${soapBody}</s:Envelope>`
  );
}
