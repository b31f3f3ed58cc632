import { boolean, cimClass, text } from '../../wsman/cimClass';
import { packageFields } from '../cimFields';

/** A board: the main board, `Managed System Base Board`. */
export const card = cimClass('CIM_Card', {
  ...packageFields,
  HostingBoard: boolean,
  HotSwappable: boolean,
  Removable: boolean,
  Replaceable: boolean,
  RequirementsDescription: text,
  RequiresDaughterBoard: boolean,
  SlotLayout: text,
  SpecialRequirements: boolean,
});
