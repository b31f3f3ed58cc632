import { cimClass, named } from '../../wsman/cimClass';
import { networkPort } from '../cimFields';

/** Also what RequestStateChange asks for. */
export const wifiStates = {
  2: 'enabled',
  3: 'disabled',
  5: 'not applicable',
  6: 'enabled but offline',
  12: 'not applicable',
  32768: 'enabled in S0',
  32769: 'enabled in S0 and Sx AC',
} as const;

/** The wireless port of the device. */
export const wifiPort = cimClass('CIM_WiFiPort', {
  ...networkPort,
  EnabledState: named(wifiStates),
  RequestedState: named(wifiStates),
});
