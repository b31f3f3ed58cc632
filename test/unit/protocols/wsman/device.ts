import { readFileSync } from 'node:fs';
import { findPath, type XmlElement } from '../../../../src/base/xml/element';
import { parseXml } from '../../../../src/base/xml/parseXml';
import type { HttpAnswer, WsmanExchange } from '../../../../src/protocols/wsman/exchanger';

const fixtures = new URL('../../../fixtures/amt/', import.meta.url);

/** A recorded file, by its path below `test/fixtures/amt`. */
export function recorded(path: string): Uint8Array {
  return readFileSync(new URL(path, fixtures));
}

/** A request as the device saw it. */
export interface Seen {
  readonly action: string;
  readonly resourceUri: string;
  readonly messageId: string;
  readonly operationTimeout: string;
  readonly to: string;
  readonly selectors: XmlElement | undefined;
  readonly header: XmlElement | undefined;
  readonly body: XmlElement | undefined;
  readonly text: string;
}

/** Body text and status, bytes as they are, or what to reject with. */
type Answer = string | { readonly status: number; readonly body: string | Uint8Array } | Error;

export interface ScriptedDevice {
  readonly exchange: WsmanExchange;
  readonly seen: readonly Seen[];
}

/** Gives one answer after the other; a text is put into a reply to the request's message. */
export function scriptedDevice(...answers: readonly Answer[]): ScriptedDevice {
  const seen: Seen[] = [];
  const exchange = (text: string): Promise<HttpAnswer> => {
    const request = see(text);
    const answer = answers[seen.length];
    seen.push(request);
    if (answer === undefined) return Promise.reject(new Error(`request ${seen.length} has no answer`));
    if (answer instanceof Error) return Promise.reject(answer);
    if (typeof answer === 'string') return Promise.resolve({ status: 200, body: reply(answer, request.messageId) });
    const { status, body } = answer;
    return Promise.resolve({ status, body: typeof body === 'string' ? new TextEncoder().encode(body) : body });
  };
  return { exchange, seen };
}

/** An envelope around a body, with the prefixes of Intel AMT: b addressing, c wsman, g the class or enumeration. */
export function reply(body: string, relatesTo: string, space = 'urn:schema/CIM_Thing'): Uint8Array {
  return new TextEncoder().encode(
    '<?xml version="1.0" encoding="UTF-8"?><a:Envelope xmlns:a="http://www.w3.org/2003/05/soap-envelope"' +
      ' xmlns:b="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:c="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"' +
      ` xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration" xmlns:g="${space}"` +
      ' xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer" xmlns:e="http://schemas.xmlsoap.org/ws/2004/08/eventing">' +
      `<a:Header><b:RelatesTo>${relatesTo}</b:RelatesTo></a:Header><a:Body>${body}</a:Body></a:Envelope>`,
  );
}

/** The body of a fault whose code is in the WS-Management namespace. */
export function fault(subcode: string, reason = 'because'): string {
  return (
    `<a:Fault><a:Code><a:Value>a:Sender</a:Value><a:Subcode><a:Value>${subcode}</a:Value></a:Subcode></a:Code>` +
    `<a:Reason><a:Text xml:lang="en-US">${reason}</a:Text></a:Reason><a:Detail></a:Detail></a:Fault>`
  );
}

function see(text: string): Seen {
  const envelope = parseXml(text);
  const header = findPath(envelope, 'Header');
  const textOf = (name: string): string => findPath(header, name)?.text ?? '';
  return {
    action: textOf('Action'),
    resourceUri: textOf('ResourceURI'),
    messageId: textOf('MessageID'),
    operationTimeout: textOf('OperationTimeout'),
    to: textOf('To'),
    selectors: findPath(header, 'SelectorSet'),
    header,
    body: findPath(envelope, 'Body')?.children[0],
    text,
  };
}
