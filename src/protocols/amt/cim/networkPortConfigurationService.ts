import { boolean, cimClass } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** Settings of network ports; devices answer with subclasses, such as AMT_WiFiPortConfigurationService. */
export const networkPortConfigurationService = cimClass('CIM_NetworkPortConfigurationService', {
  ...serviceKeys,
  Started: boolean,
});
