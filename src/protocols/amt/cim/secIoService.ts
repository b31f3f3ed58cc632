import { boolean, integer, ipsClass } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** Where and in which language the device shows its messages to the user. */
export const secIoService = ipsClass('IPS_SecIOService', {
  ...serviceKeys,
  DefaultScreen: integer,
  NumberOfScreens: integer,
  RequestedLanguage: integer,
  Started: boolean,
  language: integer,
  zoom: integer,
});
