import { integer, ipsClass, named, text } from '../../wsman/cimClass';
import { addressFormats, serviceKeys } from '../cimFields';

/** A proxy on the way to a management presence server. */
export const httpProxyAccessPoint = ipsClass('IPS_HTTPProxyAccessPoint', {
  ...serviceKeys,
  AccessInfo: text,
  InfoFormat: named(addressFormats),
  NetworkDnsSuffix: text,
  Port: integer,
});
