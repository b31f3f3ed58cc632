import { boolean, cimClass } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** Takes requests for power states: `RequestPowerStateChange`. */
export const powerManagementService = cimClass('CIM_PowerManagementService', {
  ...serviceKeys,
  Started: boolean,
});
