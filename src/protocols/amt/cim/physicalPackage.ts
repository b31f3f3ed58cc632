import { cimClass, integer } from '../../wsman/cimClass';
import { packageFields } from '../cimFields';

/** What is in a package of its own: the device answers with boards, chassis and drives, each under its own class name. */
export const physicalPackage = cimClass('CIM_PhysicalPackage', {
  ...packageFields,
  ChassisPackageType: integer,
});
