import { cimClass, reference } from '../../wsman/cimClass';

/** That a service can be used on something. Devices answer with subclasses, such as CIM_AssociatedPowerManagementService. */
export const serviceAvailableToElement = cimClass('CIM_ServiceAvailableToElement', {
  ServiceProvided: reference,
  UserOfService: reference,
});
