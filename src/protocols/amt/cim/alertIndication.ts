import { cimClass, datetime, integer, list, named, text } from '../../wsman/cimClass';

const alertTypes = {
  1: 'other',
  2: 'communications',
  3: 'quality of service',
  4: 'processing error',
  5: 'device',
  6: 'environmental',
  7: 'model change',
  8: 'security',
} as const;
const elementFormats = { 0: 'unknown', 1: 'other', 2: 'CIM object path' } as const;
const severities = {
  0: 'unknown',
  1: 'other',
  2: 'information',
  3: 'degraded/warning',
  4: 'minor',
  5: 'major',
  6: 'critical',
  7: 'fatal/non-recoverable',
} as const;

/** An event, as it comes to a collector of WS-Eventing. */
export const alertIndication = cimClass('CIM_AlertIndication', {
  AlertType: named(alertTypes),
  AlertingElementFormat: named(elementFormats),
  /** The path of what it is about. */
  AlertingManagedElement: text,
  CorrelatedIndications: list(text),
  Description: text,
  EventID: text,
  EventTime: datetime,
  IndicationFilterName: text,
  IndicationIdentifier: text,
  IndicationTime: datetime,
  Message: text,
  MessageArguments: list(text),
  /** Such as `iAMT0005`. */
  MessageID: text,
  OtherAlertType: text,
  OtherAlertingElementFormat: text,
  OtherSeverity: text,
  OwningEntity: text,
  PerceivedSeverity: named(severities),
  ProbableCause: integer,
  ProbableCauseDescription: text,
  ProviderName: text,
  RecommendedActions: list(text),
  SystemCreationClassName: text,
  SystemName: text,
  Trending: integer,
});
