import { boolean, integer, ipsClass, named, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

const decimationModes = { 0: 'not supported', 1: 'off', 2: 'automatic', 3: 'on' } as const;

/** How remote control of the screen behaves. */
export const kvmRedirectionSettingData = ipsClass('IPS_KVMRedirectionSettingData', {
  ...settingData,
  BackToBackFbMode: boolean,
  DefaultScreen: integer,
  DoubleBufferActive: boolean,
  DoubleBufferEnabled: boolean,
  EnabledByMEBx: boolean,
  GrayscalePixelFormatSupported: boolean,
  InitialDecimationModeForLowRes: named(decimationModes),
  Is5900PortEnabled: boolean,
  OptInPolicy: boolean,
  /** Seconds. */
  OptInPolicyTimeout: integer,
  /** Write-only: always empty when read. */
  RFBPassword: text,
  /** Minutes. */
  SessionTimeout: integer,
  ZlibControlSupported: boolean,
});
