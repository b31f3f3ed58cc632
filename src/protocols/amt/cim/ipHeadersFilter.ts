import { amtClass, integer, list, named, text } from '../../wsman/cimClass';
import { filterEntry } from '../cimFields';

const ipVersions = { 0: 'unknown', 4: 'IPv4', 6: 'IPv6' } as const;

/** A System Defense filter by IP, TCP and UDP header. Addresses and masks are hexadecimal digits without separators. */
export const ipHeadersFilter = amtClass('AMT_IPHeadersFilter', {
  ...filterEntry,
  HdrDSCP: list(integer),
  HdrDestAddress: text,
  HdrDestAddressEndOfRange: text,
  HdrDestMask: text,
  HdrDestPortEnd: integer,
  HdrDestPortStart: integer,
  HdrFlowLabel: text,
  HdrIPVersion: named(ipVersions),
  /** 1 ICMP, 6 TCP, 17 UDP… */
  HdrProtocolID: integer,
  HdrSrcAddress: text,
  HdrSrcAddressEndOfRange: text,
  HdrSrcMask: text,
  HdrSrcPortEnd: integer,
  HdrSrcPortStart: integer,
  TCPFlagsOff: list(integer),
  TCPFlagsOn: list(integer),
});
