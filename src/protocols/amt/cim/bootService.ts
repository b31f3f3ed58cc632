import { boolean, cimClass, named } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** Also what RequestStateChange asks for: OCR is One Click Recovery, RPE Remote Platform Erase. */
export const bootServiceStates = {
  0: 'unknown',
  2: 'enabled',
  3: 'disabled',
  5: 'not applicable',
  12: 'not applicable',
  32768: 'OCR and RPE disabled',
  32769: 'OCR enabled',
  32770: 'RPE enabled',
  32771: 'OCR and RPE enabled',
} as const;

/** Boot options as a whole: `SetBootConfigRole`. Its state says whether One Click Recovery and platform erase are allowed. */
export const bootService = cimClass('CIM_BootService', {
  ...serviceKeys,
  EnabledState: named(bootServiceStates),
  RequestedState: named(bootServiceStates),
  Started: boolean,
});
