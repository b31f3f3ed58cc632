import type { ErrorCode } from '../../base/errorCodes';
import { SidebandError } from '../../base/errors';
import { findChild, findPath, type XmlElement } from '../../base/xml/element';

/** What a SOAP fault says. DSP0226 section 14, SOAP 1.2 part 1 section 5.4. */
export interface Fault {
  /** The local name of the most exact code, such as `AccessDenied`. */
  readonly name: string;
  /** The device's sentence. */
  readonly reason: string;
  /** The last part of the WS-Management detail, such as `MissingValues`. */
  readonly detail?: string;
  /** What Windows adds, decimal. */
  readonly windowsCode?: string;
  /** What Intel AMT adds: a PT_STATUS number. */
  readonly amtStatus?: number;
}

const codes: ReadonlyMap<string, ErrorCode> = new Map([
  ['DestinationUnreachable', 'device.unsupported'],
  ['ActionNotSupported', 'device.unsupported'],
  ['UnsupportedFeature', 'device.unsupported'],
  ['AccessDenied', 'access.privilege'],
  ['QuotaLimit', 'device.busy'],
  ['Concurrency', 'device.busy'],
  ['EndpointUnavailable', 'device.busy'],
  ['TimedOut', 'device.busy'],
]);
/** After these a change may have been made all the same; so too after one that does not say what it is. */
const leavesOpen: ReadonlySet<string> = new Set(['TimedOut', 'InternalError', '']);
/** The sentences of a device are a line or two. */
const longestSaid = 500;
/** Intel AMT calls every refusal of Put, Create and Delete an internal error, and only this status means one. */
const amtInternalError = 1;

export function readFault(fault: XmlElement): Fault {
  const subcode = findPath(fault, 'Code', 'Subcode', 'Value') ?? findPath(fault, 'Code', 'Value');
  const detail = findChild(fault, 'Detail');
  const vendor = findChild(detail, 'WSManFault');
  const reason = findPath(fault, 'Reason', 'Text')?.text.trim() ?? '';
  const faultDetail = findChild(detail, 'FaultDetail')?.text.trim() ?? '';
  const windowsCode = vendor?.attributes.get('Code');
  const amtStatus = /^AMT-STATUS (\d{1,5})$/.exec(findChild(detail, 'Text')?.text.trim() ?? '')?.[1];
  return {
    name: shorten(localName(subcode?.text.trim() ?? '')),
    reason: shorten(reason === '' ? (findChild(vendor, 'Message')?.text.trim() ?? '') : reason),
    ...(faultDetail !== '' && { detail: faultDetail.slice(faultDetail.lastIndexOf('/') + 1) }),
    ...(windowsCode !== undefined && { windowsCode }),
    ...(amtStatus !== undefined && { amtStatus: Number(amtStatus) }),
  };
}

/** `what` names the request. */
export function faultError(element: XmlElement, what: string): SidebandError {
  const fault = readFault(element);
  const name = fault.name === '' ? 'unnamed fault' : fault.name;
  const { amtStatus } = fault;
  const said = fault.detail ?? (amtStatus === undefined ? undefined : `AMT-STATUS ${amtStatus}`);
  const detail = said === undefined ? '' : ` (${said})`;
  const isRefusal = amtStatus !== undefined && amtStatus !== amtInternalError;
  const message = `${what}: ${name}${detail}${fault.reason === '' ? '' : `: ${fault.reason}`}`;
  return new SidebandError(codes.get(fault.name) ?? 'device.refused', message, {
    fault: fault.name,
    deviceCode: fault.windowsCode ?? `${name}${detail}`,
    ...(leavesOpen.has(fault.name) && !isRefusal && { effect: 'unknown' }),
  });
}

function shorten(text: string): string {
  return text.length > longestSaid ? `${text.slice(0, longestSaid)}…` : text;
}

function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(':') + 1);
}
