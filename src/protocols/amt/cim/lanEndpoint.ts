import { integer, ipsClass, text } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** The computer's own connection to the network. */
export const lanEndpoint = ipsClass('IPS_LANEndpoint', {
  ...serviceKeys,
  LANID: text,
  LANType: integer,
  MACAddress: text,
  NameFormat: text,
  ProtocolIFType: integer,
  ProtocolType: integer,
});
