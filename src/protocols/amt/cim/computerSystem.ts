import { cimClass, integer, list, text } from '../../wsman/cimClass';
import { enabled } from '../cimFields';

/** `Intel(r) AMT` is the device itself, `ManagedSystem` the computer around it. */
export const computerSystem = cimClass('CIM_ComputerSystem', {
  ...enabled,
  CreationClassName: text,
  Dedicated: list(integer),
  IdentifyingDescriptions: list(text),
  NameFormat: text,
  OtherDedicatedDescriptions: list(text),
  OtherIdentifyingInfo: list(text),
  PowerManagementCapabilities: list(integer),
  PrimaryOwnerContact: text,
  PrimaryOwnerName: text,
  ResetCapability: integer,
  Roles: list(text),
});
