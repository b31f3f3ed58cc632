import { boolean, ipsClass } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** Proxies on the way to a management presence server: `AddProxyAccessPoint`. */
export const httpProxyService = ipsClass('IPS_HTTPProxyService', {
  ...serviceKeys,
  Started: boolean,
  SyncEnabled: boolean,
});
