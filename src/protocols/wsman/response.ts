import { SidebandError } from '../../base/errors';
import { findChild, type XmlElement } from '../../base/xml/element';
import { parseXml, type XmlLimits } from '../../base/xml/parseXml';
import { Instance } from './instance';
import { namespaces } from './namespaces';
import { readReference } from './reference';
import type { EndpointReference } from './values';

export interface Reply {
  /** The message it answers. */
  readonly relatesTo: string | undefined;
  readonly action: string | undefined;
  /** The only element of the body, absent where there is nothing to say, as after a deletion. */
  readonly content: XmlElement | undefined;
  /** The content, when it is a fault. */
  readonly fault: XmlElement | undefined;
}

/** Devices send less than one MiB; what a hostile one sends takes the time of all others. */
const usualLimits: Partial<XmlLimits> = { maxBytes: 8 << 20 };

/** Reads a SOAP 1.2 envelope with the headers of WS-Addressing. Throws `protocol.invalid` or `protocol.truncated`. */
export function readReply(body: string | Uint8Array, limits = usualLimits): Reply {
  const envelope = parseXml(body, limits);
  if (envelope.name !== 'Envelope' || envelope.namespace !== namespaces.soap) {
    throw new SidebandError('protocol.invalid', 'the answer is no SOAP 1.2 envelope');
  }
  const header = findChild(envelope, 'Header', namespaces.soap);
  const soapBody = findChild(envelope, 'Body', namespaces.soap);
  if (!soapBody) throw new SidebandError('protocol.invalid', 'the envelope has no body');
  const [content] = soapBody.children;
  return {
    relatesTo: findChild(header, 'RelatesTo', namespaces.addressing)?.text.trim(),
    action: findChild(header, 'Action', namespaces.addressing)?.text.trim(),
    content,
    fault: content?.name === 'Fault' && content.namespace === namespaces.soap ? content : undefined,
  };
}

/** What a Get or a Put returned. */
export function readInstance(reply: Reply, what: string): Instance {
  if (!reply.content) throw new SidebandError('protocol.invalid', `${what}: the answer is empty`);
  return Instance.read(reply.content);
}

/** What a method returned: its element is named after the method, or in some devices after the class. */
export function readOutput(reply: Reply, what: string): Instance {
  if (!reply.content?.name.endsWith('_OUTPUT')) {
    throw new SidebandError('protocol.invalid', `${what}: the answer holds no output of a method`);
  }
  return Instance.read(reply.content);
}

export interface Batch {
  readonly items: readonly XmlElement[];
  /** Where the next ones are; undefined at the end of the sequence. */
  readonly context: string | undefined;
}

/** A new enumeration; some services answer it with the first items, asked or not (DSP0226 section 8.2.3). */
export function readEnumerateResponse(reply: Reply, what: string): Batch {
  const { items, isEnd, context } = readSequence(expect(reply, 'EnumerateResponse', what));
  if (isEnd) return { items, context: undefined };
  if (context === '') throw new SidebandError('protocol.invalid', `${what}: the answer holds no enumeration context`);
  return { items, context };
}

/** `EndOfSequence` wins over a context beside it. A device that repeats no context means the one it was given. */
export function readPullResponse(reply: Reply, context: string, what: string): Batch {
  const { items, isEnd, context: next } = readSequence(expect(reply, 'PullResponse', what));
  if (isEnd) return { items, context: undefined };
  return { items, context: next === '' ? context : next };
}

function readSequence(response: XmlElement) {
  return {
    items: findChild(response, 'Items')?.children ?? [],
    isEnd: findChild(response, 'EndOfSequence') !== undefined,
    context: findChild(response, 'EnumerationContext')?.text.trim() ?? '',
  };
}

/** The object that a Create made. */
export function readResourceCreated(reply: Reply, what: string): EndpointReference {
  const reference = readReference(expect(reply, 'ResourceCreated', what));
  if (!reference) throw new SidebandError('protocol.invalid', `${what}: the answer does not name what was created`);
  return reference;
}

function expect(reply: Reply, name: string, what: string): XmlElement {
  if (reply.content?.name !== name) throw new SidebandError('protocol.invalid', `${what}: the answer is no ${name}`);
  return reply.content;
}
