import { boolean, cimClass, datetime, integer, list, named, text } from '../../wsman/cimClass';
import { operational } from '../cimFields';

const elementStates = { 0: 'deployable', 1: 'installable', 2: 'executable', 3: 'running' } as const;

/** The BIOS of the computer. */
export const biosElement = cimClass('CIM_BIOSElement', {
  ...operational,
  BuildNumber: text,
  CodeSet: text,
  IdentificationCode: text,
  InstallableLanguages: list(text),
  LanguageEdition: text,
  ListOfLanguages: list(text),
  Manufacturer: text,
  OtherTargetOS: text,
  PrimaryBIOS: boolean,
  ReleaseDate: datetime,
  SerialNumber: text,
  SoftwareElementID: text,
  SoftwareElementState: named(elementStates),
  TargetOperatingSystem: integer,
  Version: text,
});
