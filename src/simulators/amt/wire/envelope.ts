import { escapeXml } from '../../../base/xml/escapeXml';
import type { AmtFault } from '../model/fault';
import * as ns from './namespaces';

/** What a reply refers to. */
export interface ReplyHead {
  /** The request's MessageID. */
  readonly relatesTo: string;
  readonly action: string;
  readonly messageId: string;
  /** As it was asked for, which may be a superclass of what is in the body. */
  readonly resourceUri: string;
  /** Namespaces of the body, which get the prefixes g, h, i and so on. */
  readonly namespaces: readonly string[];
}

/** The prefix of the reply's first namespace of its own. */
const firstPrefix = 'g'.charCodeAt(0);

const start =
  '<?xml version="1.0" encoding="UTF-8"?>' +
  `<a:Envelope xmlns:a="${ns.soap}" xmlns:b="${ns.addressing}" xmlns:c="${ns.wsman}" xmlns:d="${ns.trust}"` +
  ` xmlns:e="${ns.security}" xmlns:f="${ns.cimBinding}"`;

const faultStart =
  '<?xml version="1.0" encoding="UTF-8"?>' +
  `<a:Envelope xmlns:g="${ns.cimBinding}" xmlns:f="${ns.eventing}" xmlns:e="${ns.wsman}" xmlns:d="${ns.transfer}"` +
  ` xmlns:c="${ns.enumeration}" xmlns:b="${ns.addressing}" xmlns:a="${ns.soap}" xmlns:h="${ns.trust}"` +
  ` xmlns:i="${ns.security}" xmlns:xsi="${ns.schemaInstance}"><a:Header>`;

const to = `<b:To>${ns.anonymous}</b:To>`;

/** The whole envelope of a reply, in one line as devices write it. */
export function replyEnvelope(head: ReplyHead, body: string): string {
  const declared = head.namespaces.map((uri, at) => ` xmlns:${prefixAt(at)}="${escapeXml(uri)}"`).join('');
  return (
    `${start}${declared} xmlns:xsi="${ns.schemaInstance}"><a:Header>${to}` +
    `<b:RelatesTo>${escapeXml(head.relatesTo)}</b:RelatesTo>` +
    `<b:Action a:mustUnderstand="true">${escapeXml(head.action)}</b:Action>` +
    `<b:MessageID>${head.messageId}</b:MessageID>` +
    `<c:ResourceURI>${escapeXml(head.resourceUri)}</c:ResourceURI></a:Header><a:Body>${body}</a:Body></a:Envelope>`
  );
}

/** Faults have prefixes of their own: c enumeration, d transfer, e WS-Management. */
export function faultEnvelope(
  fault: AmtFault,
  head: { readonly relatesTo: string; readonly messageId: string },
): string {
  const { kind } = fault;
  const status = fault.status === undefined ? '' : `<a:Text xml:lang="en-US">AMT-STATUS ${fault.status}</a:Text>`;
  const detail =
    fault.detail === undefined
      ? status
      : `<e:FaultDetail>http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/${fault.detail}</e:FaultDetail>`;
  return (
    `${faultStart}${to}<b:RelatesTo>${escapeXml(head.relatesTo)}</b:RelatesTo>` +
    `<b:Action a:mustUnderstand="true">${kind.action}</b:Action><b:MessageID>${head.messageId}</b:MessageID></a:Header>` +
    `<a:Body><a:Fault><a:Code><a:Value>a:${kind.isReceiver ? 'Receiver' : 'Sender'}</a:Value>` +
    `<a:Subcode><a:Value>${kind.prefix}:${fault.fault}</a:Value></a:Subcode></a:Code>` +
    `<a:Reason><a:Text xml:lang="en-US">${escapeXml(kind.reason)}</a:Text></a:Reason>` +
    `<a:Detail>${detail}</a:Detail></a:Fault></a:Body></a:Envelope>`
  );
}

/** g for the first namespace of a body, h for the second. */
export function prefixAt(index: number): string {
  return String.fromCharCode(firstPrefix + index);
}
