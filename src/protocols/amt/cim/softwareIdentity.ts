import { boolean, cimClass, integer, list, text } from '../../wsman/cimClass';
import { operational } from '../cimFields';

/** A part of the firmware, named by InstanceID, and its version. Of `Sku` it is a decimal bit mask. */
export const softwareIdentity = cimClass('CIM_SoftwareIdentity', {
  ...operational,
  BuildNumber: integer,
  Classifications: list(integer),
  InstanceID: text,
  IsEntity: boolean,
  LargeBuildNumber: integer,
  MajorVersion: integer,
  Manufacturer: text,
  MinorVersion: integer,
  RevisionNumber: integer,
  SerialNumber: text,
  VersionString: text,
});
