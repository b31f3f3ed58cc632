import { amtClass, boolean, integer, named } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** Also what RequestStateChange asks for. */
export const interfaces = {
  5: 'not applicable',
  12: 'not applicable',
  32768: 'all disabled',
  32769: 'BIOS',
  32770: 'operating system',
  32771: 'BIOS and operating system',
} as const;

/** Whether the user in front of the computer may ask for a connection to a management presence server. */
export const userInitiatedConnectionService = amtClass('AMT_UserInitiatedConnectionService', {
  ...serviceKeys,
  EnabledState: named(interfaces),
  LastConnectionReason: integer,
  RequestedState: named(interfaces),
  Started: boolean,
});
