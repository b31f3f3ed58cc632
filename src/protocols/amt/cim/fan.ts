import { boolean, cimClass, integer } from '../../wsman/cimClass';
import { logicalDevice } from '../cimFields';

/** A fan of the computer. */
export const fan = cimClass('CIM_Fan', {
  ...logicalDevice,
  ActiveCooling: boolean,
  /** Revolutions a minute. */
  DesiredSpeed: integer,
  VariableSpeed: boolean,
});
