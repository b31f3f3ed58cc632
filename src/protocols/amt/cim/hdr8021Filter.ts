import { amtClass, integer, text } from '../../wsman/cimClass';
import { filterEntry } from '../cimFields';

/** A System Defense filter by Ethernet header. */
export const hdr8021Filter = amtClass('AMT_Hdr8021Filter', {
  ...filterEntry,
  HdrDestMACAddr8021: text,
  HdrDestMACMask8021: text,
  HdrPriorityValue8021: integer,
  /** EtherType: 2048 IPv4, 2054 ARP, 34525 IPv6. */
  HdrProtocolID8021: integer,
  HdrSrcMACAddr8021: text,
  HdrSrcMACMask8021: text,
  HdrVLANID8021: integer,
});
