import type { Alert } from '../../alerts';
import { type Properties, resourceUri } from '../../model/values';
import * as ns from '../../wire/namespaces';
import { writeInstance } from '../../wire/writeInstance';
import { DeliveryMode, filterName, type Subscription } from './subscriptions';

const className = 'CIM_AlertIndication';
const information = 2;
const modelPath = 8;

/** What makes one indication differ from the next. */
export interface Occurrence {
  /** Of the message, by which an acknowledgement refers to it. */
  readonly messageId: string;
  /** Counts all indications of the device. */
  readonly identifier: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The envelope of an alert, as devices post it: DSP0226 section 10.2.9 with a CIM_AlertIndication in the body. */
export function writeIndication(alert: Alert, { filter, mode, opaque }: Subscription, occurrence: Occurrence): string {
  const wantsAck = mode === DeliveryMode.pushWithAck ? '<c:AckRequested></c:AckRequested>' : '';
  const properties: Properties = {
    AlertType: modelPath,
    AlertingElementFormat: 2,
    AlertingManagedElement: 'Interop:CIM_ComputerSystem.CreationClassName="CIM_ComputerSystem",Name="Intel(r) AMT"',
    IndicationFilterName: filterName(filter),
    IndicationIdentifier: `Intel(r):${occurrence.identifier}`,
    IndicationTime: { datetime: new Date(occurrence.at).toISOString() },
    Message: alert.message ?? '',
    MessageArguments: [
      ...(alert.messageArguments ?? ['0']),
      'Interop:CIM_ComputerSystem.CreationClassName=CIM_ComputerSystem,Name=Intel(r) AMT',
    ],
    MessageID: alert.messageId,
    OtherAlertingElementFormat: '',
    OtherSeverity: '',
    OwningEntity: 'Intel(r) AMT',
    PerceivedSeverity: alert.perceivedSeverity ?? information,
    ProbableCause: 0,
    SystemName: 'Intel(r) AMT',
  };
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<a:Envelope xmlns:a="${ns.soap}" xmlns:b="${ns.addressing}" xmlns:c="${ns.wsman}" xmlns:d="${ns.trust}"` +
    ` xmlns:e="${ns.security}" xmlns:f="${ns.cimBinding}" xmlns:g="${resourceUri(className)}" xmlns:h="${ns.cimCommon}"` +
    ` xmlns:xsi="${ns.schemaInstance}"><a:Header><b:To>${ns.anonymous}</b:To>` +
    `<b:ReplyTo><b:Address>${ns.anonymous}</b:Address></b:ReplyTo>${wantsAck}` +
    '<b:Action a:mustUnderstand="true">http://schemas.dmtf.org/wbem/wsman/1/wsman/Event</b:Action>' +
    `<b:MessageID>${occurrence.messageId}</b:MessageID><c:ResourceURI>${resourceUri(className)}</c:ResourceURI>` +
    `${opaque}</a:Header><a:Body>${writeInstance(className, properties, { own: 'g', common: 'h' })}</a:Body></a:Envelope>`
  );
}
