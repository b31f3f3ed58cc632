import { cimClass, datetime, list, named, reference, text } from '../../wsman/cimClass';
import { powerStates } from '../cimFields';

/** The computer's power state, and which may be asked for now. */
export const associatedPowerManagementService = cimClass('CIM_AssociatedPowerManagementService', {
  AvailableRequestedPowerStates: list(named(powerStates)),
  OtherPowerState: text,
  OtherRequestedPowerState: text,
  PowerOnTime: datetime,
  PowerState: named(powerStates),
  RequestedPowerState: named(powerStates),
  ServiceProvided: reference,
  UserOfService: reference,
});
