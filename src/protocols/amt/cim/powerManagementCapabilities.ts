import { cimClass, integer, list, named, text } from '../../wsman/cimClass';
import { powerStates, settingData } from '../cimFields';

const changeCapabilities = {
  0: 'unknown',
  1: 'other',
  2: 'power saving modes entered automatically',
  3: 'power state settable',
  4: 'power cycling supported',
  5: 'timed power on supported',
  6: 'off hard power cycling supported',
  7: 'HW reset supported',
  8: 'graceful shutdown supported',
} as const;

/** Which power states can be asked for at all. */
export const powerManagementCapabilities = cimClass('CIM_PowerManagementCapabilities', {
  ...settingData,
  OtherPowerCapabilitiesDescriptions: list(text),
  OtherPowerChangeCapabilities: list(text),
  PowerCapabilities: list(integer),
  PowerChangeCapabilities: list(named(changeCapabilities)),
  PowerStatesSupported: list(named(powerStates)),
  RequestedPowerStatesSupported: list(named(powerStates)),
});
