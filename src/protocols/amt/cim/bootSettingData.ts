import { amtClass, base64, boolean, integer, list, named, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

export const firmwareVerbosities = { 0: 'system default', 1: 'quiet', 2: 'verbose', 3: 'screen blank' } as const;
export const redirectedDrives = { 0: 'floppy', 1: 'CD/DVD' } as const;

/** Options for the next boot. The firmware clears them after it: `OptionsCleared`. */
export const bootSettingData = amtClass('AMT_BootSettingData', {
  ...settingData,
  /**
   * First of the boot: 0 success, 1 in progress, 2 not updated, 65535 failed. Then of the drive: 0 good, 1 failure, 2 wrong password,
   * 3 not supported.
   */
  BIOSLastStatus: list(integer),
  BIOSPause: boolean,
  BIOSSetup: boolean,
  /** 0 default, 1 primary, 2 secondary… */
  BootMediaIndex: integer,
  BootguardStatus: integer,
  ConfigurationDataReset: boolean,
  EnforceSecureBoot: boolean,
  FirmwareVerbosity: named(firmwareVerbosities),
  ForcedProgressEvents: boolean,
  IDERBootDevice: named(redirectedDrives),
  LockKeyboard: boolean,
  LockPowerButton: boolean,
  LockResetButton: boolean,
  LockSleepButton: boolean,
  OptionsCleared: boolean,
  OwningEntity: text,
  PlatformErase: boolean,
  RPEEnabled: boolean,
  /** Write-only: always empty when read. */
  RSEPassword: text,
  ReflashBIOS: boolean,
  SecureBootControlEnabled: boolean,
  SecureErase: boolean,
  UEFIHTTPSBootEnabled: boolean,
  UEFILocalPBABootEnabled: boolean,
  UefiBootNumberOfParams: integer,
  UefiBootParametersArray: base64,
  UseIDER: boolean,
  UseSOL: boolean,
  UseSafeMode: boolean,
  UserPasswordBypass: boolean,
  WinREBootEnabled: boolean,
});
