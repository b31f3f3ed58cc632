import { boolean, cimClass, integer } from '../../wsman/cimClass';
import { physicalElement } from '../cimFields';

/** A chip: of a processor, its brand is in `Version`. */
export const chip = cimClass('CIM_Chip', {
  ...physicalElement,
  FormFactor: integer,
  HotSwappable: boolean,
  Removable: boolean,
  Replaceable: boolean,
});
