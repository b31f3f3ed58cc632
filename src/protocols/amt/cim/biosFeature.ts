import { cimClass, integer, list, text } from '../../wsman/cimClass';
import { operational } from '../cimFields';

/** What the BIOS can do; the numbers are those of SMBIOS type 0. */
export const biosFeature = cimClass('CIM_BIOSFeature', {
  ...operational,
  CharacteristicDescriptions: list(text),
  Characteristics: list(integer),
  IdentifyingNumber: text,
  ProductName: text,
  Vendor: text,
  Version: text,
});
