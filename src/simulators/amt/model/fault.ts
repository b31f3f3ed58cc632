const wsmanFault = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault';
const addressingFault = 'http://schemas.xmlsoap.org/ws/2004/08/addressing/fault';
const eventingFault = 'http://schemas.xmlsoap.org/ws/2004/08/eventing/fault';

interface FaultKind {
  /** As in the envelope of a fault: b addressing, c enumeration, d transfer, e WS-Management, f eventing. */
  readonly prefix: 'b' | 'c' | 'd' | 'e' | 'f';
  readonly action: string;
  readonly reason: string;
  readonly isReceiver?: true;
}

const wsman = (prefix: FaultKind['prefix'], reason: string): FaultKind => ({ prefix, action: wsmanFault, reason });

/** DSP0226 section 14.6, WS-Addressing, WS-Transfer, WS-Enumeration; the texts are those of the standards. */
const kinds = {
  DestinationUnreachable: {
    prefix: 'b',
    action: addressingFault,
    reason: 'No route can be determined to reach the destination role defined by the WSAddressing To.',
  },
  ActionNotSupported: {
    prefix: 'b',
    action: addressingFault,
    reason: 'The action is not supported by the service.',
  },
  MessageInformationHeaderRequired: {
    prefix: 'b',
    action: addressingFault,
    reason: 'A required message information header, To, MessageID, or Action, is not present.',
  },
  FilteringNotSupported: wsman('c', 'Filtered enumeration is not supported.'),
  InvalidEnumerationContext: wsman('c', 'The supplied enumeration context is invalid.'),
  InvalidRepresentation: wsman('d', 'The XML content was invalid.'),
  AccessDenied: wsman('e', 'The sender was not authorized to access the resource.'),
  AlreadyExists: wsman('e', 'The sender attempted to create a resource which already exists.'),
  InvalidParameter: wsman('e', 'An operation parameter is not valid.'),
  InvalidSelectors: wsman('e', 'The selectors for the resource are not valid.'),
  QuotaLimit: wsman('e', 'The service is busy servicing other requests.'),
  SchemaValidationError: wsman('e', 'The supplied SOAP violates the corresponding XML schema definition.'),
  TimedOut: { ...wsman('e', 'The operation has timed out.'), isReceiver: true },
  UnsupportedFeature: wsman('e', 'The specified feature is not supported.'),
  DeliveryModeRequestedUnavailable: {
    prefix: 'f',
    action: eventingFault,
    reason: 'The requested delivery mode is not supported.',
  },
  InternalError: {
    ...wsman('e', 'The service cannot comply with the request due to internal processing errors.'),
    isReceiver: true,
  },
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof kinds;

/** Thrown by whatever answers a request: the answer is this fault. */
export class AmtFault extends Error {
  override readonly name = 'AmtFault';
  readonly fault: FaultName;
  /** The last part of a `faultDetail` URI, such as `MissingValues`. */
  readonly detail: string | undefined;
  /** The reason as `PtStatus` numbers it, which stands in the detail. */
  readonly status: number | undefined;

  constructor(fault: FaultName, detail?: string, status?: number) {
    super(detail === undefined ? fault : `${fault}: ${detail}`);
    this.fault = fault;
    this.detail = detail;
    this.status = status;
  }

  get kind(): FaultKind {
    return kinds[this.fault];
  }
}

/** For a property or parameter that must be there. */
export function missingValue(): AmtFault {
  return new AmtFault('InvalidRepresentation', 'MissingValues');
}

export function invalidValue(): AmtFault {
  return new AmtFault('InvalidRepresentation', 'InvalidValues');
}

/** Get, Put, Create and Delete have no ReturnValue: they refuse with an internal error that tells the status. */
export function refused(status: number): AmtFault {
  return new AmtFault('InternalError', undefined, status);
}
