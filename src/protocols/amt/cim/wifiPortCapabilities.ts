import { cimClass, integer, list, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** What the wireless port can do. */
export const wifiPortCapabilities = cimClass('CIM_WiFiPortCapabilities', {
  ...settingData,
  OtherSupportedPortTypes: list(text),
  RequestedStatesSupported: list(integer),
  SupportedPortTypes: list(integer),
});
