import { amtClass, integer, named, text } from '../../wsman/cimClass';
import { addressFormats, serviceKeys } from '../cimFields';

/** A management presence server, to which the device connects from outside. */
export const managementPresenceRemoteSap = amtClass('AMT_ManagementPresenceRemoteSAP', {
  ...serviceKeys,
  AccessInfo: text,
  /** The name in the server's certificate, where it differs from `AccessInfo`. */
  CN: text,
  InfoFormat: named(addressFormats),
  Port: integer,
});
